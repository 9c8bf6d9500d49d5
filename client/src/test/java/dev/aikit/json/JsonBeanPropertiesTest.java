package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which properties a bean has, of which types, and which of them are asked of an answer. */
class JsonBeanPropertiesTest {
    static class Capitals {
        private String Name = "own";
        private int X;

        public String getName() {
            return Name;
        }

        public void setName(String name) {
            Name = name;
        }

        public int getX() {
            return X;
        }

        public void setX(int x) {
            X = x;
        }
    }

    interface Titled {
        List<String> titles();

        default int getRank() {
            return 1;
        }

        default String getTitle() {
            return String.join(" ", titles());
        }

        default void setTitle(String title) {
            titles().add(title);
        }
    }

    interface Ranked extends Titled {
        @Override
        default int getRank() {
            return 2;
        }
    }

    static class Doctor implements Ranked {
        private final List<String> titles = new ArrayList<>();
        private String title = "";

        @Override
        public List<String> titles() {
            return titles;
        }

        @Override
        public String getTitle() {
            return Ranked.super.getTitle() + title;
        }
    }

    static class Worker extends Thread {
        public int number;
    }

    static class Odd {
        public transient int passing = 1;
        private String aName = "own";

        public void setaName(String name) {
            aName = name;
        }
    }

    static class Dated {
        public Date when;
    }

    record Perhaps(@Nullable Dated dated) {}

    record Both(@Nullable Dated one, Dated other) {}

    static class Twice {
        public Date when;

        public void setExtra(Date extra) {
            when = extra;
        }
    }

    static class Numbers<T extends Number> {
        public T number;
        private List<T> all;

        public List<T> getAll() {
            return all;
        }

        public void setAll(List<T> all) {
            this.all = all;
        }
    }

    static class Renamed<A, B extends Integer> extends Numbers<B> {
        public A first;
    }

    static class Whole extends Renamed<String, Integer> {}

    record Bounded<T extends Number>(T number) {}

    record Some(Bounded<?> bounded) {}

    private static <V> V read(Class<V> type, String json) {
        return Json.parse(json).as(type);
    }

    @Test
    void aFieldWithACapitalLetterNamesItsProperty() {
        String json = "{\"Name\":\"n\",\"X\":1}";
        Capitals read = read(Capitals.class, json);
        assertThat(read.Name).isEqualTo("n");
        assertThat(read.X).isEqualTo(1);
        assertThat(Json.of(read)).hasToString(json);
    }

    @Test
    void whatInterfacesDoByDefaultBelongsToTheBean() {
        assertThat(Json.of(read(Doctor.class, "{\"title\":\"Dr.\"}"))).hasToString("{\"rank\":2,\"title\":\"Dr.\"}");
        JsonType<Doctor> type = JsonType.of(Doctor.class);
        assertThat(type.read(Json.parse("{\"title\":\"Dr.\"}")).titles).containsExactly("Dr.");
        assertThatThrownBy(() -> type.read(Json.parse("{}")))
                .hasMessageContaining("title: String expected, but it is missing");
    }

    @Test
    void whatJavasOwnSuperclassesHaveIsNoProperty() {
        Worker read = read(Worker.class, "{\"name\":\"worker\",\"number\":1}");
        assertThat(read.getName()).isNotEqualTo("worker");
        assertThat(Json.of(read)).hasToString("{\"number\":1}");
    }

    @Test
    void anAnswerHasToHaveWhatASchemaNamesAndSetsNothingElse() {
        JsonType<Odd> type = JsonType.of(Odd.class);
        Odd read = type.read(Json.parse("{\"passing\":2,\"aName\":\"n\"}"));
        assertThat(read.passing).isEqualTo(1);
        assertThat(read.aName).isEqualTo("n");
        assertThatThrownBy(() -> type.read(Json.parse("{\"passing\":2}")))
                .hasMessageContaining("aName: String expected, but it is missing");
        assertThat(read(Odd.class, "{\"passing\":2}").passing).isEqualTo(2);
    }

    @Test
    void aBeanThatMayBeNullMayHoldWhatIsNeverRead() {
        JsonType<Perhaps> type = JsonType.of(Perhaps.class);
        assertThat(type.read(Json.parse("{\"dated\":null}")).dated()).isNull();
        assertThatThrownBy(() -> type.read(Json.parse("{\"dated\":{\"when\":1}}")))
                .hasMessageContaining("dated.when: java.util.Date is not among the types");
    }

    @Test
    void whatNeedNotBeReadHereIsStillRefusedThere() {
        for (Class<?> each : List.of(Twice.class, Both.class))
            assertThatThrownBy(() -> JsonType.of(each))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("when: java.util.Date is not among the types");
    }

    @Test
    void whatASuperclassLeavesOpenIsWhatTheClassSays() {
        Whole read = read(Whole.class, "{\"number\":7,\"all\":[8],\"first\":9}");
        assertThat(read.number).isEqualTo(7);
        assertThat(read.getAll()).containsExactly(8);
        assertThat(read.first).isEqualTo("9");
        assertThatThrownBy(() -> read(Whole.class, "{\"number\":\"text\"}"))
                .hasMessage("the JSON does not fit Whole.number: Integer expected, not \"text\"");
    }

    @Test
    void whatNoClassSaysIsAsTheBoundOfTheVariable() {
        Numbers<?> read = read(Numbers.class, "{\"number\":7,\"all\":[9.5]}");
        assertThat((Object) read.number).isEqualTo(7L);
        assertThat((Object) read.getAll()).isEqualTo(List.of(9.5));
        for (Class<?> each : List.of(Numbers.class, Bounded.class))
            assertThatThrownBy(() -> read(each, "{\"number\":\"text\"}"))
                    .hasMessageStartingWith("the JSON does not fit " + each.getSimpleName() + ".number: ");
    }

    @Test
    void aValueThatReflectionRefusesIsAMisfit() {
        assertThatThrownBy(() -> read(Some.class, "{\"bounded\":{\"number\":\"text\"}}"))
                .isInstanceOf(JsonException.class)
                .hasMessage("the JSON does not fit Some.bounded: argument type mismatch");
    }
}
