package dev.aikit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in addresses. */
class SecretParametersTest {
    @ParameterizedTest
    @CsvSource({
        "http://x/a?key=abc, http://x/a?key=***",
        "http://x/a?b=1&api-key=abc&c=2, http://x/a?b=1&api-key=***&c=2",
        "http://x/a?b?x-amz-signature=abc, http://x/a?b?x-amz-signature=***",
        "http://x/a?keys=abc, http://x/a?keys=abc",
        "http://x/key=abc, http://x/key=abc",
    })
    void areHidden(URI address, URI hidden) {
        assertThat(SecretParameters.hiddenIn(address)).isEqualTo(hidden);
    }

    @Test
    void areKnownAsTheyWereBeforeTheyWereEncoded() {
        assertThat(SecretParameters.of(URI.create("http://x/a?key=a%2Fb&token=c")))
                .containsExactly("a/b", "c");
    }

    /** The address of a picture is the server's. */
    @ParameterizedTest
    @ValueSource(strings = {"?", "&", "?&", "?key", "&a=", "?token"})
    @Timeout(60)
    void anAddressThatIsMadeToTakeForeverDoesNot(String part) {
        URI address = URI.create("http://x/" + part.repeat(200_000));
        assertThat(SecretParameters.hiddenIn(address)).isNotNull();
        assertThat(SecretParameters.of(address)).isEmpty();
    }
}
