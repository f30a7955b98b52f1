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
