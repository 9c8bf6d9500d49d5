package dev.aikit.local.internal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredCompletionsLimitTest {
    private final StoredCompletions stored = new StoredCompletions();

    private void add(String id, String text) {
        stored.add(Json.of(Map.of("id", id, "text", text)), List.of());
    }

    @Test
    void dropTheOldestWhenThereAreTooMany() {
        for (int i = 0; i <= 1000; i++) add("c" + i, "");

        assertThat(stored.completions()).hasSize(1000);
        assertThatThrownBy(() -> stored.get("c0")).isInstanceOf(ApiError.class).hasMessageContaining("c0");
        assertThat(stored.get("c1").completion().get("id").asText()).isEqualTo("c1");
    }

    @Test
    void dropTheOldestWhenTheyTakeTooMuchMemory() {
        String long1 = "x".repeat(30 << 20);
        add("first", long1);
        add("second", long1);
        add("third", long1);

        assertThat(stored.completions())
                .extracting(each -> each.get("id").asText())
                .containsExactly("second", "third");
        stored.delete("second");
        add("fourth", long1);
        assertThat(stored.completions()).hasSize(2);
    }
}
