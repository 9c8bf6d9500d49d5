package dev.aikit.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Streams of server-sent events as servers send them, well formed and not, each with the events that it holds. */
public final class StreamCorpus {
    /** A stream: its bytes, and what a parser must make of them, as {@code name|data} or, without its blank line, {@code name|data|cut}. */
    public record Sample(String what, byte[] bytes, List<String> events) {
        @Override
        public String toString() {
            return what;
        }
    }

    private StreamCorpus() {}

    /** All of them. */
    public static List<Sample> all() {
        return List.of(
                of("line feeds", "data: a\n\ndata: b\n\ndata: [DONE]\n\n", "|a", "|b", "|[DONE]"),
                of("carriage returns and line feeds", "data: a\r\n\r\ndata: b\r\n\r\n", "|a", "|b"),
                of("several lines with both", "event: e\r\ndata: a\r\ndata: b\r\n\r\n", "e|a\nb"),
                of("carriage returns alone", "data: a\r\rdata: b\r\r", "|a", "|b"),
                of("all three ends of line mixed", "data: a\r\n\ndata: b\r\r\ndata: c\n\r\n", "|a", "|b", "|c"),
                of("no space after the colon", "data:{\"a\":1}\n\ndata:[DONE]\n\n", "|{\"a\":1}", "|[DONE]"),
                of("only the first space is cut off", "data:  two \n\n", "| two "),
                of("a tab is no space", "data:\ttab\n\n", "|\ttab"),
                of("several data lines", "data: {\ndata: \"a\":1\ndata:}\n\n", "|{\n\"a\":1\n}"),
                of("data lines that are empty", "data\n\ndata\ndata\n\ndata:\n\n", "|", "|\n", "|"),
                of("comments", ": OPENROUTER PROCESSING\n\n:\n\ndata: a\n:ping\ndata: b\n\n", "|a\nb"),
                of(
                        "text that looks like the protocol",
                        "data: {\"t\":\"data: [DONE]\"}\n\n",
                        "|{\"t\":\"data: [DONE]\"}"),
                of("colons in the data", "data: a:b:c\n\n", "|a:b:c"),
                of(
                        "names of events",
                        "event: error\ndata: x\n\nevent:delta\ndata: y\n\ndata: z\n\n",
                        "error|x",
                        "delta|y",
                        "|z"),
                of("the last name counts", "event: one\nevent: two\ndata: x\n\n", "two|x"),
                of("a name without data is no event", "event: ping\n\ndata: a\n\n", "|a"),
                of("other fields", "id: 7\nretry: 10\nfoo: bar\nfoo\ndata: a\n\n", "|a"),
                of("names are told apart by case", "Data: no\nDATA: no\ndata : no\n data: no\ndata: a\n\n", "|a"),
                of("byte order mark", "\uFEFFdata: a\n\ndata: b\n\n", "|a", "|b"),
                of("byte order mark alone on its line", "\uFEFF\ndata: a\n\n", "|a"),
                of("byte order mark later on belongs to the field", "data: a\n\n\uFEFFdata: b\n\n", "|a"),
                of("characters of one to four bytes", "data: aé€😀ß\n\nevent: ü\ndata: 漢字\n\n", "|aé€😀ß", "ü|漢字"),
                of(
                        "separators of Unicode do not end lines",
                        "data: a\u2028b\u0085c\u000Bd\n\n",
                        "|a\u2028b\u0085c\u000Bd"),
                of("the byte zero", "data: a\0b\n\n", "|a\0b"),
                of("blank lines in plenty", "\n\n\r\n\rdata: a\n\n\n\n\ndata: b\n\n", "|a", "|b"),
                of("no blank line at the end", "data: a\n\ndata: b\n", "|a", "|b|cut"),
                of("no end of line at the end", "data: a\n\ndata: [DONE]", "|a", "|[DONE]|cut"),
                of("cut within a field's name", "data: a\n\ndat", "|a"),
                of("cut within a character", cut("data: a\n\ndata: é"), "|a", "|\uFFFD|cut"),
                of("nothing", ""),
                of("not a stream of events", "<html>\n<body>Bad gateway</body>\n</html>\n"),
                chat());
    }

    /** What a chat completion looks like. */
    private static Sample chat() {
        String first =
                "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}";
        String second = "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße \uD83D\uDC4B\"}}]}";
        String third = "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
        String text = "data: " + first + "\n\n: keep-alive\n\ndata:" + second + "\r\n\r\ndata: " + third
                + "\n\ndata: [DONE]\n\n";
        return of("a chat", text, "|" + first, "|" + second, "|" + third, "|[DONE]");
    }

    private static byte[] cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.copyOf(bytes, bytes.length - 1);
    }

    private static Sample of(String what, String text, String... events) {
        return of(what, text.getBytes(StandardCharsets.UTF_8), events);
    }

    private static Sample of(String what, byte[] bytes, String... events) {
        return new Sample(what, bytes, List.of(events));
    }
}
