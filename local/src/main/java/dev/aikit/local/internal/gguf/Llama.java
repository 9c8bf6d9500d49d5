package dev.aikit.local.internal.gguf;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatRequest;
import java.nio.file.Path;

/** A loaded GGUF file. Only this class knows the library that runs it; one thread at a time may use it. */
final class Llama implements AutoCloseable {
    /** A longer context takes memory for each token, used or not. */
    private static final int LONGEST_CONTEXT = 8192;

    /** Its threads wait for each other busily: one more than the machine has to spare slows an answer down by a multiple. */
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final LlamaModel model;
    private final GgufHeader header;
    private final int context;

    private Llama(LlamaModel model, GgufHeader header, int context) {
        this.model = model;
        this.header = header;
        this.context = context;
    }

    static Llama load(Path file, GgufHeader header) {
        LlamaNatives.load();
        int context = header.contextLength() > 0 ? Math.min(header.contextLength(), LONGEST_CONTEXT) : LONGEST_CONTEXT;
        ModelParameters parameters = new ModelParameters()
                .setModel(file.toString())
                .setCtxSize(context)
                .setThreads(THREADS)
                .disableContextShift() // an answer that outgrows the context is cut, not continued without its
                // beginning
                .disableLog();
        if (header.hasChatTemplate()) parameters.enableJinja();
        return new Llama(new LlamaModel(parameters), header, context);
    }

    void answer(ChatRequest request, Answer answer) {
        String prompt = header.hasChatTemplate()
                ? ChatTemplate.apply(model, header, request)
                : ChatTemplate.joined(request.messages());
        Constraint constraint = Constraint.of(request, header.knowsTools());
        int promptTokens = model.encode(prompt).length + (header.addsStart() ? 1 : 0);
        int room = context - promptTokens;
        if (room < 1) {
            throw ApiError.tooLong("The messages have " + promptTokens + " tokens; this model reads " + context
                    + " at most, its answer included.");
        }
        if (constraint.reader() != null) answer.readCalls(constraint.reader());
        InferenceParameters parameters = parameters(prompt, request, Math.min(room, request.maxTokens()));
        if (constraint.grammar() != null) parameters.setGrammar(constraint.grammar());
        answer.begin(promptTokens);
        generate(parameters, answer);
        if (request.stop().isEmpty()) constraint.verify(answer); // a stop text may cut it
    }

    private static InferenceParameters parameters(String prompt, ChatRequest request, int most) {
        InferenceParameters parameters = new InferenceParameters(prompt).setNPredict(most);
        if (request.temperature() != null)
            parameters.setTemperature(request.temperature().floatValue());
        if (request.topP() != null) parameters.setTopP(request.topP().floatValue());
        if (request.seed() != null) parameters.setSeed(Long.hashCode(request.seed()));
        // What is kept of the last prompt saves time, but rounds differently: who asks for the same answer would not
        // get it.
        boolean repeatable = request.seed() != null || request.temperature() != null && request.temperature() == 0;
        return parameters.setCachePrompt(!repeatable);
    }

    private void generate(InferenceParameters parameters, Answer answer) {
        LlamaIterator pieces = model.generate(parameters).iterator();
        boolean endedItself = false;
        try {
            while (pieces.hasNext()) {
                String text = pieces.next().text;
                boolean afterLast = !pieces.hasNext();
                if (!afterLast) endedItself = text.isEmpty(); // the token that ends an answer has no text
                if (!text.isEmpty() && !answer.piece(text, tokens(text))) return;
            }
        } finally {
            if (pieces.hasNext()) pieces.cancel();
        }
        if (endedItself) answer.end();
        else answer.endAtLimit();
    }

    /** A piece is a token, but the tokens of one character come together. */
    private int tokens(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 128);
        return ascii ? 1 : Math.max(1, model.encode("x" + text).length - model.encode("x").length);
    }

    @Override
    public void close() {
        model.close();
    }
}
