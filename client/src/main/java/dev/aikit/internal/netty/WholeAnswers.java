package dev.aikit.internal.netty;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads answers that stand whole in what was received, are a success, and look like most: each header a line of plain ASCII,
 * the body as long as the one header says that gives its length. All others are left to Netty, whose decoder takes three
 * times as long. Of one loop.
 */
final class WholeAnswers {
    private static final byte[] SUCCESS = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    /** What a longer head takes is not worth to be saved. */
    private static final int LARGEST_HEAD = 8 * 1024;

    private static final int MOST_DIGITS = 7;

    private final HeaderNames names;
    /** The head, or as much of it as there may be, and maybe some of the body. */
    private final byte[] head = new byte[LARGEST_HEAD];

    private int length;

    WholeAnswers(HeaderNames names) {
        this.names = names;
    }

    /** Takes the answer out of the bytes; false, and nothing is done, if it is not such a one. */
    boolean take(ByteBuf in, int maxHeaderBytes, ResponseDecoder.Past past) {
        length = Math.min(in.readableBytes(), Math.min(maxHeaderBytes, LARGEST_HEAD));
        in.getBytes(in.readerIndex(), head, 0, length);
        if (length < SUCCESS.length || !Arrays.equals(SUCCESS, 0, SUCCESS.length, head, 0, SUCCESS.length))
            return false;
        AnswerHeaders headers = new AnswerHeaders(names);
        int end = headers(headers);
        int body = end < 0 ? -1 : bodyLength(headers);
        if (body < 0 || body > ResponseDecoder.LARGEST_PIECE || in.readableBytes() < end + body) return false;
        in.skipBytes(end);
        past.answer(headers, in.readRetainedSlice(body));
        return true;
    }

    /** Where the head ends; -1 if it does not, or is not plain. */
    private int headers(AnswerHeaders headers) {
        int at = SUCCESS.length;
        while (!isLineEnd(at)) {
            int colon = at;
            while (colon < length && isOfName(head[colon])) colon++;
            int end = colon;
            while (end < length && (head[end] >= ' ' && head[end] < 127 || head[end] == '\t')) end++;
            if (colon == at || colon == end || head[colon] != ':' || !isLineEnd(end)) return -1;
            headers.add(head, at, colon, end);
            at = end + 2;
        }
        return at + 2;
    }

    private boolean isLineEnd(int at) {
        return at + 1 < length && head[at] == '\r' && head[at + 1] == '\n';
    }

    private static boolean isOfName(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_';
    }

    /** -1 if it is not said in the one plain way. */
    private static int bodyLength(AnswerHeaders headers) {
        List<String> lengths = headers.getAll("content-length");
        if (lengths.size() != 1 || headers.contains("transfer-encoding")) return -1;
        String digits = lengths.get(0);
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) return -1;
        int length = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            length = 10 * length + digit;
        }
        return length;
    }
}
