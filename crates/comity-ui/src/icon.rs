//! Icons of the embedded sprite, named by an enum so that a missing one cannot compile.

use maud::{Markup, Render, html};

use crate::asset;

/// Declares the enum and its sprite ids together.
macro_rules! icons {
    ($($name:ident = $id:literal,)*) => {
        /// A symbol of `static/icons.svg`; renders as a decorative 16 px image.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names are the drawings")]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            /// Every icon.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The symbol's id in the sprite.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }
        }
    };
}

icons! {
    House = "house",
    Inbox = "inbox",
    Wallet = "wallet",
    Users = "users",
    User = "user",
    UserPlus = "user-plus",
    Layers = "layers",
    ShoppingBag = "shopping-bag",
    Activity = "activity",
    BadgeDollarSign = "badge-dollar-sign",
    ShieldAlert = "shield-alert",
    ShieldCheck = "shield-check",
    Link = "link",
    Target = "target",
    Settings = "settings",
    Search = "search",
    Menu = "menu",
    ChevronsUpDown = "chevrons-up-down",
    ChevronDown = "chevron-down",
    ChevronRight = "chevron-right",
    ChevronLeft = "chevron-left",
    Plus = "plus",
    Check = "check",
    X = "x",
    Copy = "copy",
    Share2 = "share-2",
    QrCode = "qr-code",
    Download = "download",
    Upload = "upload",
    Printer = "printer",
    Mail = "mail",
    Clock = "clock",
    Calendar = "calendar",
    Eye = "eye",
    EyeOff = "eye-off",
    ExternalLink = "external-link",
    TriangleAlert = "triangle-alert",
    Info = "info",
    CircleCheck = "circle-check",
    CircleX = "circle-x",
    Trash2 = "trash-2",
    Pencil = "pencil",
    ListFilter = "list-filter",
    ArrowUp = "arrow-up",
    ArrowDown = "arrow-down",
    ArrowRight = "arrow-right",
    ArrowLeft = "arrow-left",
    Sun = "sun",
    Moon = "moon",
    Monitor = "monitor",
    Languages = "languages",
    LogOut = "log-out",
    KeyRound = "key-round",
    Webhook = "webhook",
    Plug = "plug",
    Globe = "globe",
    Palette = "palette",
    FileText = "file-text",
    History = "history",
    Ban = "ban",
    Pause = "pause",
    Play = "play",
    RefreshCw = "refresh-cw",
    Sparkles = "sparkles",
    Star = "star",
    Gift = "gift",
    Receipt = "receipt",
    CreditCard = "credit-card",
    Banknote = "banknote",
    Scale = "scale",
    MousePointerClick = "mouse-pointer-click",
    Ellipsis = "ellipsis",
    Lock = "lock",
    Bell = "bell",
    Tag = "tag",
    Undo2 = "undo-2",
    Send = "send",
    Code = "code",
    Database = "database",
    Flag = "flag",
    LifeBuoy = "life-buoy",
    Radio = "radio",
    Handshake = "handshake",
    Megaphone = "megaphone",
    FolderOpen = "folder-open",
    Image = "image",
    MessageSquare = "message-square",
    ChartLine = "chart-line",
    CircleHelp = "circle-help",
    Split = "split",
    Rocket = "rocket",
    Building2 = "building-2",
    Hourglass = "hourglass",
    Calculator = "calculator",
    Landmark = "landmark",
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg.icon aria-hidden="true" {
                use href={ (asset::url("icons.svg")) "#" (self.id()) } {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enum_and_the_sprite_hold_the_same_icons() {
        let sprite = include_str!("../static/icons.svg");
        for icon in Icon::ALL {
            assert!(
                sprite.contains(&format!("id=\"{}\"", icon.id())),
                "{icon:?} is not drawn"
            );
        }
        assert_eq!(sprite.matches("<symbol").count(), Icon::ALL.len());
    }
}
