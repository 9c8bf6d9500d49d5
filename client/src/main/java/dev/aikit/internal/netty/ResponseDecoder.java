package dev.aikit.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Netty's decoder, told of each request: what answers a HEAD has no body, and what answers nothing is not read. {@linkplain
 * WholeAnswers Answers} and small chunks that stand whole in what was received are taken past it, as Netty makes several
 * objects for each. All else is left to it: what is cut, large, the last, or in any way unusual.
 */
final class ResponseDecoder extends HttpResponseDecoder {
    static final int LARGEST_PIECE = 64 * 1024;
    /** Of a chunk's length, so that it fits. */
    private static final int MOST_DIGITS = 7;
    /** Stands for what was taken past Netty, which has to know that something was read. */
    private static final HttpContent TAKEN = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);

    private final int maxHeaderBytes;
    private final HeaderNames names;
    private final WholeAnswers answers;
    private final Past past;

    /** Whether Netty is within a chunked body; {@code left} says how many bytes it is from the next chunk's length. */
    private boolean chunked;

    private long left;
    private boolean expecting;
    private boolean withoutBody;
    private boolean begun;
    /** Whether Netty has seen nothing since the last request, whose answer may have a body. */
    private boolean untouched;

    /** Who hears of what is taken past Netty. */
    interface Past {
        /** The content of a chunk, which is the decoder's again when this returns. */
        void chunk(ByteBuffer from, int at, int length);

        /** An answer, whole; its body is the listener's. */
        void answer(AnswerHeaders headers, ByteBuf body);
    }

    ResponseDecoder(int maxHeaderBytes, HeaderNames names, WholeAnswers answers, Past past) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeaderBytes)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(LARGEST_PIECE)
                .setHeadersFactory(names)
                .setTrailersFactory(NoTrailers.INSTANCE)
                // Lines that end in a bare line feed are read, as RFC 9112, section 2.2, allows: small servers send
                // them.
                .setStrictLineParsing(false));
        this.maxHeaderBytes = maxHeaderBytes;
        this.names = names;
        this.answers = answers;
        this.past = past;
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
        return names.of(bytes, start, length).asSent;
    }

    /** A request is being sent. */
    void expect(boolean answerWithoutBody) {
        expecting = true;
        withoutBody = answerWithoutBody;
        begun = false;
        untouched = !answerWithoutBody;
        chunked = false;
        left = 0;
    }

    /** Its answer has come: what comes now is not an answer. */
    void expectNothing() {
        expecting = false;
    }

    /** Whether anything has been received since the last request. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether bytes were received beyond the last answer. */
    boolean hasLeftovers() {
        return actualReadableBytes() > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!expecting) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        begun = true;
        if (message instanceof ByteBuf in && actualReadableBytes() == 0 && takesAll(in)) in.release();
        else super.channelRead(context, message);
    }

    /** Takes what it can; true if nothing of it is left for Netty, which holds nothing, and does not hear of it. */
    private boolean takesAll(ByteBuf in) {
        boolean first = untouched;
        untouched = false;
        try {
            boolean taken = first && answers.take(in, maxHeaderBytes, past) || isBeforeChunk(in) && takeChunks(in);
            return taken && !in.isReadable();
        } catch (Throwable defect) {
            in.release();
            throw defect;
        }
    }

    private boolean isBeforeChunk(ByteBuf in) {
        return chunked && left == 0 && in.nioBufferCount() == 1;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return withoutBody || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (isBeforeChunk(in) && takeChunks(in)) {
            out.add(TAKEN);
            return;
        }
        int before = in.readableBytes();
        super.decode(context, in, out);
        if (chunked) left -= before - in.readableBytes();
        if (left < 0) chunked = false;
        if (out.isEmpty()) return;
        Object last = out.get(out.size() - 1);
        if (last instanceof HttpResponse head) begin(head);
        else if (last instanceof LastHttpContent) chunked = false;
    }

    private void begin(HttpResponse head) {
        chunked = head.decoderResult().isSuccess() && HttpUtil.isTransferEncodingChunked(head);
        left = 0;
    }

    /** False if there is none to take: what comes next is Netty's. */
    private boolean takeChunks(ByteBuf in) {
        ByteBuffer bytes =
                in.internalNioBuffer(in.readerIndex(), in.readableBytes()); // a new one would be made each time
        int start = bytes.position();
        int at = start;
        while (true) {
            int line = at;
            int length = 0;
            for (int digit; line - at < MOST_DIGITS && (digit = hexDigit(bytes, line)) >= 0; line++)
                length = length << 4 | digit;
            boolean plain = length > 0 && isLineEnd(bytes, line);
            int behind = line + 2 + length;
            if (!plain || length > Gathering.LARGEST_PIECE || !isLineEnd(bytes, behind)) {
                if (at == start) leave(plain, behind + 2 - start, isCut(bytes, line));
                break;
            }
            past.chunk(bytes, line + 2, length);
            at = behind + 2;
        }
        in.skipBytes(at - start);
        return at > start;
    }

    private void leave(boolean plain, int size, boolean cut) {
        if (plain) left = size;
        else if (!cut) chunked = false; // the last, or unusual: from there on all is Netty's
    }

    /** The value of the digit that stands there; -1 if it is something else, or nothing yet. */
    private static int hexDigit(ByteBuffer bytes, int at) {
        if (at >= bytes.limit()) return -1;
        int digit = bytes.get(at);
        if (digit >= '0' && digit <= '9') return digit - '0';
        int letter = digit | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static boolean isLineEnd(ByteBuffer bytes, int at) {
        return at + 1 < bytes.limit() && bytes.get(at) == '\r' && bytes.get(at + 1) == '\n';
    }

    /** Whether the line may go on, or end, with the next bytes. */
    private static boolean isCut(ByteBuffer bytes, int at) {
        return at == bytes.limit() || at + 1 == bytes.limit() && bytes.get(at) == '\r';
    }
}
