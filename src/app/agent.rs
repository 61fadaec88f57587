//! What a browser's own name for itself tells about how it keeps things, where there is nothing better to go by.

/// Whether a browser with this user agent deletes what a page keeps after seven days of use without a visit: Safari, and
/// every browser on iOS and iPadOS, since all are built on it there.
/// Source: <https://webkit.org/blog/10218/full-third-party-cookie-blocking-and-more/>.
pub fn forgets_after_a_week(agent: &str) -> bool {
    let has = |part: &str| agent.contains(part);
    let is_ios = has("iPhone") || has("iPad") || has("iPod");
    let is_safari =
        has("Safari/") && has("Version/") && !has("Chrome/") && !has("Chromium/") && !has("Android");
    is_ios || (is_safari && has("Macintosh"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_webkit_forgets_after_a_week() {
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1";
        let chrome_on_phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/133.0.6943.84 Mobile/15E148 Safari/604.1";
        let chrome = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36 Edg/133.0.0.0";
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0";
        let epiphany = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";
        let android = "Mozilla/5.0 (Linux; U; Android 4.4; en-us) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30";
        assert!([safari, phone, chrome_on_phone].into_iter().all(forgets_after_a_week));
        assert!(![chrome, edge, firefox, epiphany, android].into_iter().any(forgets_after_a_week));
    }
}
