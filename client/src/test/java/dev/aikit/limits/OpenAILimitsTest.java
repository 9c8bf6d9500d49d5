package dev.aikit.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAILimits;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** The limits themselves: each has a default, a setting of its own, and refuses what makes no sense. */
class OpenAILimitsTest {
    private record Limit(
            int byDefault, ToIntFunction<OpenAILimits> get, BiFunction<OpenAILimits, Integer, OpenAILimits> set) {}

    private static final Map<String, Limit> ALL = Map.of(
            "maxHeaderBytes", new Limit(64 << 10, OpenAILimits::maxHeaderBytes, OpenAILimits::maxHeaderBytes),
            "maxBodyBytes", new Limit(64 << 20, OpenAILimits::maxBodyBytes, OpenAILimits::maxBodyBytes),
            "maxEventBytes", new Limit(16 << 20, OpenAILimits::maxEventBytes, OpenAILimits::maxEventBytes),
            "maxStreamBytes", new Limit(256 << 20, OpenAILimits::maxStreamBytes, OpenAILimits::maxStreamBytes),
            "maxChoices", new Limit(1000, OpenAILimits::maxChoices, OpenAILimits::maxChoices),
            "maxToolCalls", new Limit(1000, OpenAILimits::maxToolCalls, OpenAILimits::maxToolCalls));

    @Test
    void eachIsSetAloneAndNamedWhenItMakesNoSense() {
        ALL.forEach((name, limit) -> {
            OpenAILimits changed = limit.set().apply(OpenAILimits.defaults(), 77);
            ALL.forEach((other, its) ->
                    assertThat(its.get().applyAsInt(changed)).isEqualTo(other.equals(name) ? 77 : its.byDefault()));
            assertThatThrownBy(() -> limit.set().apply(OpenAILimits.defaults(), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        });
    }

    @Test
    void aConfigurationChangesItsOwn() {
        OpenAIConfiguration small =
                OpenAIConfiguration.defaults().limits(l -> l.maxChoices(2)).limits(l -> l.maxToolCalls(3));
        assertThat(small.limits().maxChoices()).isEqualTo(2);
        assertThat(small.limits().maxToolCalls()).isEqualTo(3);
        assertThatThrownBy(() -> small.limits(null)).hasMessageContaining("limits");
        assertThatThrownBy(() -> small.limits(l -> null)).hasMessageContaining("limits");
    }
}
