package dev.aikit;

import dev.aikit.json.Json;

/**
 * Tokens used, as the server counted them; 0 where it counted nothing. A server's own further fields are in
 * {@link #json()}.
 *
 * @param json the object as it came; missing if none came
 */
public record OpenAIUsage(Json json) {
    /** Tokens of the prompt. */
    public int promptTokens() {
        return json.get("prompt_tokens").asInt(0);
    }

    /** Tokens of the answer. */
    public int completionTokens() {
        return json.get("completion_tokens").asInt(0);
    }

    /** Both. */
    public int totalTokens() {
        return json.get("total_tokens").asInt(0);
    }

    /** Tokens of what was given to the model, where the API counts input and output: those of images. */
    public int inputTokens() {
        return json.get("input_tokens").asInt(0);
    }

    /** Tokens of what the model made, where the API counts input and output: those of images. */
    public int outputTokens() {
        return json.get("output_tokens").asInt(0);
    }

    /** What the input tokens consist of. */
    public Json inputTokensDetails() {
        return json.get("input_tokens_details");
    }

    /** Input tokens of text. */
    public int textTokens() {
        return inputTokensDetails().get("text_tokens").asInt(0);
    }

    /** Input tokens of pictures. */
    public int imageTokens() {
        return inputTokensDetails().get("image_tokens").asInt(0);
    }

    /** What the tokens of the prompt consist of. */
    public Json promptTokensDetails() {
        return json.get("prompt_tokens_details");
    }

    /** What the tokens of the answer consist of. */
    public Json completionTokensDetails() {
        return json.get("completion_tokens_details");
    }

    /** Tokens of the prompt that the server remembered. */
    public int cachedTokens() {
        return promptTokensDetails().get("cached_tokens").asInt(0);
    }

    /** Tokens of sound, in the prompt and in the answer. */
    public int audioTokens() {
        return promptTokensDetails().get("audio_tokens").asInt(0)
                + completionTokensDetails().get("audio_tokens").asInt(0);
    }

    /** Tokens that the model thought with. */
    public int reasoningTokens() {
        return completionTokensDetails().get("reasoning_tokens").asInt(0);
    }

    /** Tokens of the prediction that came true. */
    public int acceptedPredictionTokens() {
        return completionTokensDetails().get("accepted_prediction_tokens").asInt(0);
    }

    /** Tokens of the prediction that did not. */
    public int rejectedPredictionTokens() {
        return completionTokensDetails().get("rejected_prediction_tokens").asInt(0);
    }

    /** Whether the server counted anything. */
    public boolean isPresent() {
        return json.isPresent();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
