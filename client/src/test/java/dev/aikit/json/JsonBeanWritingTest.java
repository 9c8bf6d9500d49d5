package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.JsonBeansTest.Holding;
import dev.aikit.json.JsonBeansTest.Plain;
import dev.aikit.json.JsonBeansTest.Point;
import dev.aikit.json.JsonBeansTest.Promise;
import dev.aikit.json.JsonBeansTest.Refusing;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writing objects with bean properties. */
class JsonBeanWritingTest {
    static class Getters {
        public final int constant = 1;
        public transient int passing = 2;
        public int both = 3;
        public static int shared = 4;
        int hidden = 5;

        public int getBoth() {
            return 30;
        }

        public boolean isOn() {
            return true;
        }

        public boolean isBoth() {
            return false;
        }

        public Boolean isBoxed() {
            return false;
        }

        public Object getNothing() {
            return null;
        }

        public String getURL() {
            return "u";
        }

        public String getBName() {
            return "b";
        }

        public String get() {
            return "no name";
        }

        public String getWith(int argument) {
            return "" + argument;
        }

        String getHidden() {
            return "hidden";
        }

        public static String getShared() {
            return "shared";
        }
    }

    static class Endless {
        public Endless getNext() {
            return new Endless();
        }

        public void getReady() {
            throw new IllegalStateException("no getter");
        }
    }

    static class Selfish {
        public Object me = List.of(this);
    }

    @Test
    void publicGettersAndFieldsAreWrittenInTheOrderOfTheirNames() {
        assertThat(Json.of(new Getters()))
                .hasToString("{\"BName\":\"b\",\"URL\":\"u\",\"both\":30,\"boxed\":false,\"constant\":1,"
                        + "\"nothing\":null,\"on\":true,\"passing\":2}");
    }

    @Test
    void beansAreWrittenWithAllThatTheyHold() {
        Holding holding = new Holding();
        holding.list = List.of(new Plain());
        holding.point = new Point(null, 1);
        holding.exact = new BigDecimal("1.5");
        String plain = "{\"any\":\"own\",\"boxed\":6,\"child\":null,\"color\":\"RED\",\"number\":5,\"numbers\":[1],"
                + "\"on\":true,\"text\":\"own\",\"texts\":[\"own\"]}";
        assertThat(Json.of(holding))
                .hasToString("{\"array\":null,\"exact\":1.5,\"list\":[" + plain
                        + "],\"lists\":null,\"map\":null,\"point\":{\"label\":null,\"x\":1},\"points\":null}");
        assertThat(Json.of(new JsonBeansTest().new Inner())).hasToString("{\"number\":3}");
        assertThat(Json.of((Promise) () -> 4)).as("a lambda's own class").hasToString("{\"number\":4}");
        assertThat(Json.of(new Object() {
                    public int number = 5;
                }))
                .hasToString("{\"number\":5}");
    }

    @Test
    void beansWithoutEndAreRefusedAsListsAre() {
        for (Object each : List.of(new Endless(), new Selfish()))
            assertThatThrownBy(() -> Json.of(each))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("nested deeper than 256 levels; does it hold itself?");
    }

    @Test
    void whatAGetterThrowsIsReported() {
        assertThatThrownBy(() -> Json.of(new Refusing()))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Refusing");
    }
}
