package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatModel;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.Output;
import dev.aikit.local.internal.chat.ToolCall;
import dev.aikit.local.internal.http.Exchange;
import java.util.Objects;

/** POST /v1/chat/completions. */
final class ChatEndpoint {
    private final Catalog catalog;
    private final StoredCompletions stored;

    ChatEndpoint(Catalog catalog, StoredCompletions stored) {
        this.catalog = catalog;
        this.stored = stored;
    }

    void create(Exchange exchange) {
        RequestFields fields = RequestFields.parse(exchange.body());
        Model model = catalog.chat(fields.text("model"));
        ChatModel chat = Objects.requireNonNull(model.chat());
        ChatRequest request = ChatFields.read(fields);
        chat.check(request);
        boolean stream = fields.bool("stream");
        Json options = fields.get("stream_options");
        if (options.isPresent() && !stream) {
            throw ApiError.field("stream_options", "'stream_options' is for streams: 'stream' must be true.");
        }
        boolean withUsage = RequestFields.bool(options.get("include_usage"), "stream_options.include_usage");
        boolean store = fields.bool("store");
        Json metadata = StoredEndpoint.metadata(fields.get("metadata"));
        ChatJson json = new ChatJson(model.id());
        Work.run(exchange, model.lane(), () -> {
            Collected collected = new Collected();
            Answer answer =
                    new Answer(request, stream ? new Streamed(exchange, json, withUsage, collected) : collected);
            chat.answer(request, answer);
            Json completion = json.completion(collected, answer);
            // Before the client can know of it, so that it can ask for it at once.
            if (store) {
                stored.add(
                        completion.with("metadata", metadata),
                        StoredEndpoint.withIds(fields.get("messages").items(), json.id()));
            }
            if (stream) end(exchange, json, withUsage, answer);
            else exchange.reply(200, completion);
        });
    }

    private static void end(Exchange exchange, ChatJson json, boolean withUsage, Answer answer) {
        exchange.event(json.lastChunk(answer.finishReason(), withUsage));
        if (withUsage) exchange.event(json.usageChunk(answer));
        exchange.endStream();
    }

    private record Streamed(Exchange exchange, ChatJson json, boolean withUsage, Collected collected)
            implements Output {
        @Override
        public void accepted() {
            exchange.startStream();
            exchange.event(json.roleChunk(withUsage));
        }

        @Override
        public void text(String piece) {
            collected.text(piece);
            exchange.event(json.textChunk(piece, withUsage));
        }

        @Override
        public void call(ToolCall call) {
            exchange.event(json.callChunk(collected.calls().size(), call, withUsage));
            collected.call(call);
        }
    }
}
