package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatModel;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.http.Exchange;
import java.util.Objects;

/** POST /v1/chat/completions. */
final class ChatEndpoint {
    private final Catalog catalog;

    ChatEndpoint(Catalog catalog) {
        this.catalog = catalog;
    }

    void create(Exchange exchange) {
        RequestFields fields = RequestFields.parse(exchange.body());
        Model model = catalog.chat(fields.text("model"));
        ChatModel chat = Objects.requireNonNull(model.chat());
        ChatRequest request = ChatFields.read(fields);
        boolean stream = fields.bool("stream");
        Json options = fields.get("stream_options");
        if (options.isPresent() && !stream) {
            throw ApiError.field("stream_options", "'stream_options' is for streams: 'stream' must be true.");
        }
        boolean withUsage = RequestFields.bool(options.get("include_usage"), "stream_options.include_usage");
        ChatJson json = new ChatJson(model.id());
        Work.run(exchange, model.lane(), () -> {
            if (stream) stream(exchange, chat, request, withUsage, json);
            else reply(exchange, chat, request, json);
        });
    }

    private static void reply(Exchange exchange, ChatModel chat, ChatRequest request, ChatJson json) {
        StringBuilder text = new StringBuilder();
        Answer answer = new Answer(request, () -> {}, text::append);
        chat.answer(request, answer);
        exchange.reply(200, json.completion(text.toString(), answer));
    }

    private static void stream(
            Exchange exchange, ChatModel chat, ChatRequest request, boolean withUsage, ChatJson json) {
        Runnable accepted = () -> {
            exchange.startStream();
            exchange.event(json.roleChunk(withUsage));
        };
        Answer answer = new Answer(request, accepted, text -> exchange.event(json.textChunk(text, withUsage)));
        chat.answer(request, answer);
        exchange.event(json.lastChunk(answer.finishReason(), withUsage));
        if (withUsage) exchange.event(json.usageChunk(answer));
        exchange.endStream();
    }
}
