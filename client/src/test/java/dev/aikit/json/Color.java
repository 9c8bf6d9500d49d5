package dev.aikit.json;

/** Constants of which one has another text than its name, and a class of its own. */
enum Color {
    RED,
    BLUE {
        @Override
        public String toString() {
            return "light blue";
        }
    }
}
