package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of an answer, few or many. */
class HeadsTest {
    private static Map<String, List<String>> heads(List<Map.Entry<String, String>> sent) {
        return Heads.of(sent.iterator(), new HeaderNames());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 100})
    void valuesOfOneNameComeTogetherInTheirOrder(int number) {
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        for (int i = 0; i < number; i++) sent.add(Map.entry(i % 3 == 0 ? "Set-Cookie" : "x-" + i, "" + i));
        Map<String, List<String>> headers = heads(sent);
        assertThat(headers.keySet()).first().isEqualTo("set-cookie");
        assertThat(headers.get("set-cookie")).hasSize((number + 2) / 3).first().isEqualTo("0");
        assertThat(headers.get("set-cookie")).last().isEqualTo("" + (number - 1) / 3 * 3);
        assertThat(headers).hasSize(number - (number + 2) / 3 + 1);
    }

    @Test
    void areAMapThatNobodyChanges() {
        Map<String, List<String>> headers =
                heads(List.of(Map.entry("A", "1"), Map.entry("b", ""), Map.entry("a", "2")));
        assertThat(headers).isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("")));
        assertThat(headers).hasSameHashCodeAs(Map.of("a", List.of("1", "2"), "b", List.of("")));
        assertThat(headers).containsKey("a").doesNotContainKey("A").doesNotContainKey(null);
        assertThat(headers.get("c")).isNull();
        assertThat(headers.get(null)).isNull();
        assertThatThrownBy(() -> headers.get("a").add("3")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> headers.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> headers.put("c", List.of())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nobodyChangesManyEither() {
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) sent.add(Map.entry("x-" + i, "1"));
        Map<String, List<String>> headers = heads(sent);
        assertThatThrownBy(() -> headers.get("x-3").add("3")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(headers::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000})
    @Timeout(60)
    void oneNameOverAndOverTakesNoTime(int number) {
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        for (int i = 0; i < number; i++) sent.add(Map.entry("a", "b"));
        assertThat(heads(sent).get("a")).hasSize(number);
    }
}
