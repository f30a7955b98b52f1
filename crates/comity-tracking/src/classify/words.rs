//! The words that tell machines from browsers, as alternations of one pattern each.

/// Draw preview cards.
pub(super) const PREVIEW: &[&str] = &[
    r"externalhit|facebot|facebookcatalog|meta-externalfetcher|twitterbot|linkedinbot",
    r"slackbot|slack-imgproxy|telegrambot|discordbot|^whatsapp|skypeuripreview|microsoftpreview|bingpreview",
    r"viber|line-poker|linespider|pinterest(?:bot|/0\.)|redditbot|embedly|iframely|bitlybot|vkshare|vkrobot",
    r"tumblr/|mattermost|mastodon|misskey|summalybot|pleroma|akkoma|lemmy|friendica|peertube|rocket\.chat",
    r"kakaotalk-scrap|zoombot|(?:web|link|url) ?preview|google-pagerenderer|flipboardproxy",
    r"xing-contenttabreceiver|xing bot|odklbot|quora-bot|unfurl|opengraph|onebox|hatena|bluesky|cardyb",
    r"steamchaturllookup|groupmebot|keybasebot|richlinkbot|mediumbot|dingtalkbot|peekbot|googleimageproxy",
    r"yahoomailproxy|tiktokspider|notion/1",
];

/// Feed search engines.
pub(super) const SEARCH_ENGINE: &[&str] = &[
    r"googlebot|adsbot|mediapartners-google|apis-google|feedfetcher",
    r"google-(?:ads|phys|read|insp|site|struct|safety|favicon|adwords|certificates|xrawler|producer|test)",
    r"googleother|storebot-google|bingbot|msnbot|adidxbot|slurp|duckduck(?:bot|go-favicons)|baiduspider",
    r"yandex[a-z]*bot|yandex(?:images|video|media|metrika|favicons|webmaster|mobile|direct|accessibility)",
    r"yandex(?:verticals|ontodb|render|sitelinks|turbo|calendar|pagechecker|market|news|blogs|catalog)",
    r"sogou (?:web|inst|news|pic|video|blog|orion|test)|seznambot|applebot|petalbot|exabot|qwantify",
    r"coccocbot|yeti/|naver(?:bot|robot)|daum(?:oa)?[ /]",
];

/// Feed language models.
pub(super) const AI_CRAWLER: &[&str] = &[
    r"gptbot|chatgpt|oai-searchbot|claude|anthropic|perplexity|ccbot|bytespider",
    r"amazonbot|meta-externalagent|meta-webindexer|cohere|diffbot|mistralai|youbot|ai2bot|omgili|timpibot",
    r"google-extended|deepseek|manus-user",
];

/// Drive browsers.
pub(super) const AUTOMATION: &[&str] = &[
    r"headless|phantomjs|slimerjs|puppeteer|playwright|selenium|webdriver|cypress",
    r"lighthouse|page ?speed|gtmetrix|webpagetest|ptst/|\bsplash\b|jsdom|zombie\.js|htmlunit",
];

/// Libraries and command-line tools.
pub(super) const HTTP_LIBRARY: &[&str] = &[
    r"curl|wget|libwww|lwp[-:]|^lwp|python|aiohttp|httpx|okhttp|axios|node-fetch",
    r"undici|^got[ /(]|superagent|go-http|guzzle|faraday|httparty|typhoeus|ruby|\bperl\b|(?:^|[^a-z])php[ /]",
    r"^java/|\(java\)|jakarta|apache-http|http_?client|httpie|winhttp|cfnetwork|dalvik|restsharp|postman",
    r"insomnia|reqwest|hyper/|http_request|urllib|mechanize|colly|aria2",
];

/// Watch sites.
pub(super) const MONITORING: &[&str] = &[
    r"pingdom|uptime|statuscake|site24x7|newrelic|datadog|dynatrace|ruxit|catchpoint",
    r"monitor|monitis|nagios|zabbix|checkly|hetrix|freshping|synthetic|rigor|dareboost|speedcurve|calibre",
    r"yottaa|keycdn|status[a-z]*(?:bot|check|/)",
];

/// Name a machine's trade, or an address to write to. `bot` is one, the phone maker Cubot is not.
pub(super) const GENERIC: &[&str] = &[
    r"(?:^|[^u])bots?(?:[^a-z]|$)|[^c]ubots?(?:[^a-z]|$)|crawl|spider",
    r"scrap(?:e|ing|y)|fetch|archiv|search[a-z]*(?:bot|engine)|\bindex|indexer|harvest|extract|collector",
    r"grabb|download|validat|verif|\bscan|scann|scan[/)]|checker|linkcheck|sitecheck|analy[sz]er|audit|survey|research",
    r"\bseo|favicon|feed|\brss|parser|thumb|\bprobe|sniff|inspect|insight|nutch|heritrix|ahrefs|semrush|mj12",
    r"\bagent[/ )-]|https?:|www\.|\+[a-z.]+\)$|@[a-z][a-z0-9-]*\.[a-z]|datanyze|collapsify|hardenize",
    r"silktide|hotjar|outbrain|foregenix|screenshot|wordpress|securityheaders|linkdex|resolver|newsnow",
    r"newsblur|rank(?:ing|active)|loader/|leech|copier|mirror",
    r"nikto|openvas|zgrab|nessus|nmap|sqlmap|watchtowr|agent$|preview-tool|[a-z0-9]\.(?:com|io|net|org|ai)[/)]",
];

/// What browsers of all ages look like.
pub(super) const BROWSER_SHAPE: &[&str] = &[
    r"^mozilla/[0-9.]+[ +(]|mozilla/[45]\.0 \(|^opera[/ ]|opera/9|ucweb|uc ?browser",
    r"midp|mqqbrowser|qqbrowser|\[fban/|^instagram [0-9]|^snapchat/|^pinterest for|^dolphin |^onebrowser",
    r"^hbbtv|netfront|obigo|symbian|^midori/|^(?:lynx|links|elinks|w3m|dillo)\b",
];

/// Names that browsers put behind `compatible;`.
pub(super) const BROWSER_COMPATIBLE: &[&str] = &[
    r"^(?:msie|konqueror|windows|symbian|opera|netfront|linux|mac|iphone|android|intel)",
    r"^(?:googletoolbar|avant|maxthon|teleca|obigo|polaris|intermec|webtv|chrome|u;|;|$)",
];
