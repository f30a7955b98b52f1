//! The made-up people: names, places, sites. All domains are reserved for examples.

/// Name, company, country, site.
pub type Role = (&'static str, &'static str, &'static str, &'static str);

/// Partners from the strongest to the weakest; sales follow a power law over this list.
pub const PARTNERS: &[Role] = &[
    (
        "Maya Okafor",
        "Growth Letters",
        "GB",
        "https://growthletters.example",
    ),
    (
        "DevWeekly",
        "DevWeekly GmbH",
        "DE",
        "https://devweekly.example",
    ),
    (
        "Studio Kestrel",
        "Studio Kestrel",
        "NL",
        "https://kestrel.example",
    ),
    ("Omar Haddad", "", "FR", "https://omarbuilds.example"),
    (
        "Lena Brandt",
        "SaaS-Notizen",
        "DE",
        "https://saasnotizen.example",
    ),
    ("Ana Ferreira", "", "PT", "https://anaferreira.example"),
    (
        "Tom Brandt",
        "Brandt Consulting",
        "AT",
        "https://brandt.example",
    ),
    (
        "Northwind Tools",
        "Northwind Tools Ltd",
        "GB",
        "https://northwind.example",
    ),
    ("Priya Nair", "", "IN", "https://priyacodes.example"),
    ("Ivan Petrov", "", "RS", "https://petrov.example"),
    (
        "Carla Rossi",
        "Rossi Media",
        "IT",
        "https://rossimedia.example",
    ),
    ("Jonas Lind", "", "SE", "https://jonaslind.example"),
    (
        "The Ops Podcast",
        "Ops Audio",
        "US",
        "https://opspodcast.example",
    ),
    ("Sofia García", "", "ES", "https://sofiagarcia.example"),
    ("Kenji Mori", "", "JP", "https://kenjimori.example"),
    ("Elif Kaya", "", "TR", "https://elifkaya.example"),
    (
        "Bright Stack",
        "Bright Stack AG",
        "CH",
        "https://brightstack.example",
    ),
    ("Marta Nowak", "", "PL", "https://martanowak.example"),
    ("Liam Byrne", "Byrne Digital", "IE", "https://byrne.example"),
    ("Founders' Table", "", "US", "https://founderstable.example"),
    ("Chloé Martin", "", "FR", "https://chloemartin.example"),
    ("Pavel Dvořák", "", "CZ", "https://dvorak.example"),
    ("Indie Radar", "", "CA", "https://indieradar.example"),
    ("Nina Ahonen", "", "FI", "https://ninaahonen.example"),
    ("Yusuf Demir", "", "TR", "https://yusufdemir.example"),
    (
        "Coupon Hawk",
        "Coupon Hawk Ltd",
        "GB",
        "https://couponhawk.example",
    ),
    ("ClickRush", "", "US", "https://clickrush.example"),
    ("Olga Smirnova", "", "KZ", "https://olgasmirnova.example"),
    ("Ben Carter", "", "AU", "https://bencarter.example"),
    (
        "Helga Sand",
        "Sand & Sohn",
        "DE",
        "https://sandundsohn.example",
    ),
    ("Luca Bianchi", "", "IT", "https://lucabianchi.example"),
    ("Emma de Vries", "", "NL", "https://emmadevries.example"),
    ("Remote Rituals", "", "US", "https://remoterituals.example"),
    ("Ahmed Salah", "", "EG", "https://ahmedsalah.example"),
    ("Kata Horváth", "", "HU", "https://katahorvath.example"),
    ("Stefan Ionescu", "", "RO", "https://ionescu.example"),
    ("Isla MacLeod", "", "GB", "https://islamacleod.example"),
    (
        "Freelance Compass",
        "",
        "DE",
        "https://freelancecompass.example",
    ),
    ("Diego Torres", "", "MX", "https://diegotorres.example"),
    ("Zoë Jansen", "", "BE", "https://zoejansen.example"),
    ("Mikkel Holm", "", "DK", "https://mikkelholm.example"),
    ("Greta Olsen", "", "NO", "https://gretaolsen.example"),
    ("Rafael Costa", "", "BR", "https://rafaelcosta.example"),
    ("Data Breakfast", "", "GB", "https://databreakfast.example"),
    ("Irina Volkova", "", "LV", "https://irinavolkova.example"),
    ("Paul Schneider", "", "DE", "https://paulschneider.example"),
    ("Amélie Dubois", "", "FR", "https://ameliedubois.example"),
    ("Noah Fischer", "", "CH", "https://noahfischer.example"),
    ("Ship It Club", "", "US", "https://shipitclub.example"),
    ("Aisha Bello", "", "NG", "https://aishabello.example"),
    ("Viktor Kovač", "", "HR", "https://viktorkovac.example"),
    ("Sara Lindqvist", "", "SE", "https://saralindqvist.example"),
    ("Hugo Silva", "", "PT", "https://hugosilva.example"),
    ("Weekend Makers", "", "NL", "https://weekendmakers.example"),
    ("Klara Weiss", "", "AT", "https://klaraweiss.example"),
    ("Tomás Ruiz", "", "AR", "https://tomasruiz.example"),
    ("Mei Lin", "", "SG", "https://meilin.example"),
    ("Arjun Patel", "", "IN", "https://arjunpatel.example"),
    ("Julia Keller", "", "DE", "https://juliakeller.example"),
    ("Sam Whitfield", "", "US", "https://samwhitfield.example"),
];

/// Applicants who wait for a decision.
pub const APPLICANTS: &[Role] = &[
    (
        "Fiona Gallagher",
        "Gallagher Writes",
        "IE",
        "https://gallagher.example",
    ),
    ("Mateusz Zieliński", "", "PL", "https://zielinski.example"),
    ("Quick Deals 24", "", "US", ""),
    (
        "Hannah Becker",
        "Lernwerk",
        "DE",
        "https://lernwerk.example",
    ),
];

/// Where clicks come from.
pub const REFERRERS: &[&str] = &[
    "",
    "",
    "https://news.example/",
    "https://social.example/post",
    "https://mail.example/",
    "https://video.example/watch",
];

/// Browsers of people.
pub const BROWSERS: &[&str] = &[
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
];

/// Countries of customers.
pub const COUNTRIES: &[&str] = &["DE", "DE", "US", "GB", "FR", "NL", "ES", "SE", "PL", "IT"];

/// Shops that report to the first program: kind, name, signing secret.
pub const CONNECTIONS: &[(&str, &str, &str)] = &[
    ("stripe", "Stripe", "whsec_demo_stripe"),
    ("shopify", "Acme shop", "demo_shopify_secret"),
    ("woocommerce", "Acme blog shop", "demo_woocommerce_secret"),
];
