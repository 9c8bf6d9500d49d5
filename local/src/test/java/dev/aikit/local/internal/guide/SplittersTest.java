package dev.aikit.local.internal.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.local.internal.guide.Passage.Kind;
import dev.aikit.local.internal.guide.Passage.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplittersTest {
    private static List<Passage> markdown(String text) {
        return MarkdownSplitter.split("a.md", text);
    }

    @Test
    void cutsMarkdownAlongItsHeadings() {
        List<Passage> passages = markdown("""
                # Title
                Intro.
                ## First
                One.
                ### Deeper `code`
                Two.
                ## Second
                Three.
                """);

        assertThat(passages)
                .extracting(Passage::heading)
                .containsExactly("Title", "Title › First", "Title › First › Deeper code", "Title › Second");
        assertThat(passages)
                .extracting(Passage::innermostHeading)
                .containsExactly("Title", "First", "Deeper code", "Second");
        assertThat(passages).allSatisfy(passage -> assertThat(passage.title()).isEqualTo("Title"));
    }

    @Test
    void tellsSentencesItemsRowsAndCodeApart() {
        List<Unit> units = markdown("""
                First sentence, e.g. this one. Second with `a.b()` in
                two lines and a [link](http://example.org).

                - item one
                - item two
                  with a second line

                | A | B |
                | - | - |
                | 1 | 2 |

                ```java
                int x = 1;
                ```
                """).get(0).units();

        assertThat(units)
                .containsExactly(
                        new Unit(Kind.SENTENCE, "First sentence, e.g. this one."),
                        new Unit(Kind.SENTENCE, "Second with `a.b()` in two lines and a link."),
                        new Unit(Kind.ITEM, "item one"),
                        new Unit(Kind.ITEM, "item two with a second line"),
                        new Unit(Kind.TABLE_HEAD, "| A | B |\n| --- | --- |"),
                        new Unit(Kind.ROW, "| 1 | 2 |"),
                        new Unit(Kind.CODE, "```java\nint x = 1;\n```"));
    }

    @Test
    void takesNoHeadingOutOfACodeBlock() {
        assertThat(markdown("# Title\n\n```sh\n# not a heading\n```\n"))
                .extracting(Passage::heading)
                .containsExactly("Title");
    }

    @Test
    void cutsALongSectionAndKeepsCodeWithItsProse() {
        String sentence = "This sentence has exactly eight words in it. ";
        String section =
                sentence.repeat(12) + "\n\n```\ncode one\n```\n\n" + sentence.repeat(4) + "\n\n```\ncode two\n```\n";

        List<Passage> passages = markdown("# Title\n\n" + section);

        assertThat(passages).hasSize(2);
        assertThat(passages.get(0).units())
                .last()
                .extracting(Unit::text)
                .asString()
                .contains("code one");
        assertThat(passages.get(1).units())
                .last()
                .extracting(Unit::text)
                .asString()
                .contains("code two");
    }

    @Test
    void repeatsTheHeadOfATableThatIsCut() {
        String rows = "| a long cell with some words | another cell with as many words |\n".repeat(20);

        List<Passage> passages = markdown("| A | B |\n| - | - |\n" + rows);

        assertThat(passages)
                .hasSizeGreaterThan(1)
                .allSatisfy(passage -> assertThat(passage.units().get(0).kind()).isEqualTo(Kind.TABLE_HEAD));
    }

    @Test
    void leavesOutOfTheTopicWhatIsOnlyQuoted() {
        Passage passage = markdown("# Title\n\nAsk \"why is the sky blue\" and see. The `\"model\"` field stays.\n")
                .get(0);

        assertThat(passage.topic()).doesNotContain("sky").contains("Ask").contains("model");
        assertThat(passage.words()).doesNotContain("sky");
    }

    @Test
    void quotesAShortClassAsAWhole() {
        List<Passage> passages = JavaSplitter.split("x/AskTwice.java", """
                package x;

                import java.util.List;

                /** Asks {@code twice}, and <b>waits</b> for both. */
                public final class AskTwice {
                    public static void main(String[] args) {
                        System.out.println("a brace in a text: }");
                    }
                }
                """);

        assertThat(passages).hasSize(1);
        assertThat(passages.get(0).heading()).isEqualTo("Example AskTwice");
        assertThat(passages.get(0).units())
                .first()
                .isEqualTo(new Unit(Kind.SENTENCE, "Asks `twice`, and waits for both."));
        assertThat(passages.get(0).units().get(1).text())
                .startsWith("```java\npublic final class AskTwice {")
                .endsWith("}\n```");
    }

    @Test
    void cutsALongClassIntoItsMethods() {
        String filler = "        // line }\n".repeat(50);
        List<Passage> passages = JavaSplitter.split("Long.java", """
                /** About all. */
                class Long {
                    private int field = 1;

                    /**
                     * Does the first thing.
                     *
                     * @param x not quoted
                     */
                    void first(int x) {
                %s    }

                    @Override
                    public String toString() {
                        return "{";
                    }
                }
                """.formatted(filler));

        assertThat(passages)
                .extracting(Passage::heading)
                .containsExactly("Example Long › first", "Example Long › toString");
        assertThat(passages.get(0).units().get(0).text()).isEqualTo("Does the first thing.");
        assertThat(passages.get(0).units().get(1).text())
                .contains("void first(int x) {")
                .endsWith("// …\n```");
        assertThat(passages.get(1).units().get(0).text()).isEqualTo("About all.");
        assertThat(passages.get(1).units().get(1).text()).contains("@Override\npublic String toString() {");
    }
}
