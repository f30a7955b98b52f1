explain-gross = Цена до скидок
explain-rule = Правило «{ $name }»
explain-version = версия { $n }
explain-earn = Вы получаете
explain-taken-back = Удержано после возвратов
explain-left = Осталось
explain-manual = Начислено командой
explain-credited = засчитано { $share }
explain-share = { $share } продажи ваши
explain-window = { $n ->
    [one] в течение { $n } дня до продажи
    [few] в течение { $n } дней до продажи
    [many] в течение { $n } дней до продажи
   *[other] в течение { $n } дня до продажи
}
explain-others = { $n ->
    [one] Учтён { $n } контакт через другого партнёра
    [few] Учтены { $n } контакта через других партнёров
    [many] Учтено { $n } контактов через других партнёров
   *[other] Учтено { $n } контакта через других партнёров
}

explain-hold-refund-window = срок возврата заказа
explain-hold-payment-pending = клиент ещё не оплатил
explain-hold-delivery-pending = заказ ещё не доставлен
explain-hold-retention = клиент должен остаться на оговорённый срок
explain-hold-manual = удержано командой
explain-hold-fraud-review = проверка заказа
explain-hold-traffic-review = проверка источника посетителей
explain-hold-dispute = банк клиента открыл спор
explain-hold-appeal = ваш вопрос ждёт ответа
explain-hold-payout-details-missing = не указаны реквизиты
explain-hold-tax-details-missing = не указаны налоговые данные
explain-hold-identity-check = проверка личности
explain-hold-cap = лимит или бюджет исчерпан
explain-hold-cac-guard = клиент обошёлся бы слишком дорого, ждёт решения
explain-hold-terms-not-accepted = не приняты новые условия
explain-hold-compliance = проверка на соответствие условиям
explain-hold-order-changed = заказ изменили
explain-hold-partner-suspended = ваше участие приостановлено

explain-decline-rejected = Отклонено командой.
explain-decline-customer-data-invalid = Данные клиента неверны.
explain-decline-customer-error = Клиент ошибся.
explain-decline-customer-fraud = Заказ оказался мошенническим.
explain-decline-partner-fraud = Заказ нарушил правила программы.
explain-decline-self-referral = Заказ сделан с вашего же аккаунта.
explain-decline-item-returned = Товар вернули.
explain-decline-item-out-of-stock = Товара нет в наличии.
explain-decline-refund = Деньги за заказ вернули.
explain-decline-order-cancelled = Заказ отменили.
explain-decline-order-error = Заказ был введён с ошибкой.
explain-decline-order-edited = Заказ изменили; на месте этой комиссии новая.
explain-decline-rules-changed = Эту продажу теперь считают новые правила; на её месте новая комиссия.
explain-decline-payment-failed = Оплата не прошла.
explain-decline-chargeback = Банк клиента отозвал платёж.
explain-decline-partner-dispute = Урегулировано по вашему возражению.
explain-decline-brand-dispute = Урегулировано по возражению бренда.
explain-decline-terms-violation = Нарушены условия программы.
explain-decline-disclosure-missing = Реклама не была отмечена как реклама.
explain-decline-brand-bidding = Имя бренда использовали в поисковой рекламе.
explain-decline-marketplace-returned = Площадка отозвала заказ.
explain-decline-credited-elsewhere = Продажа засчитана другому каналу.
explain-decline-coupon-of-another-channel = Код принадлежит другому каналу.
explain-decline-duplicate = Такое начисление уже есть.
explain-decline-tracking-error = Записано по ошибке.
explain-decline-partner-ineligible = Ваше участие не даёт права на это вознаграждение.
explain-decline-customer-ineligible = Клиент не новый или исключён.
explain-decline-lead-not-qualified = Лид не подходит под согласованные критерии.
explain-decline-cac-guard = Программа уже достигла предела расходов на нового клиента.
explain-decline-test = Это была проверка.

explain-matter-sale = Продажа
explain-matter-renewal = Продление
explain-matter-lead = Лид
explain-matter-qualified = Подтверждённый лид
explain-matter-refund = Возврат
explain-matter-chargeback = Отзыв платежа
explain-matter-joined = Приветственное вознаграждение
explain-matter-instalment = Платёж по договору
explain-matter-bonus = Бонус
explain-matter-adjustment = Корректировка

explain-booking-accrual = Комиссия
explain-booking-bonus = Бонус
explain-booking-instalment = Платёж по договору
explain-booking-rejection = Отклонено
explain-booking-reinstatement = Восстановлено после проверки
explain-booking-reversal = Возврат
explain-booking-restoration = Возврат отменён
explain-booking-adjustment = Корректировка
explain-booking-payout-paid = Выплата
explain-booking-payout-returned = Выплата вернулась
explain-booking-payout-recovered = Выплата всё же дошла
explain-booking-fee = Комиссия платёжной системы
explain-booking-fx-difference = Курсовая разница
explain-booking-write-off = Долг прощён
explain-booking-transfer = Перенос между участиями
explain-converted = { $original } по курсу { $rate }
explain-converted-on = Курс: { $source }, { $date }
explain-converted-note = { $original } по курсу { $rate } на { $date }
explain-rate-ecb = Европейский центральный банк
explain-rule-passed = не «{ $name }»: { $why }
