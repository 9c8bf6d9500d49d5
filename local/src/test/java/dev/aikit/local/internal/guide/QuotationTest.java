package dev.aikit.local.internal.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.local.internal.guide.Passage.Unit;
import dev.aikit.local.internal.guide.PassageIndex.Hit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotationTest {
    private static final String FILLER = "This sentence is about something else and has exactly twelve words, see. ";

    /** A passage in which the units with the given text are near, and the others are not. */
    private static String quote(String markdown, String near) {
        Passage passage = MarkdownSplitter.split("a.md", markdown).get(0);
        List<Double> scores = new ArrayList<>();
        for (Unit unit : passage.units())
            scores.add(!unit.isProse() ? -1 : unit.text().contains(near) ? 0.7 : 0.2);
        return Quotation.of(new Hit(passage, 0.8, scores));
    }

    @Test
    void quotesAShortPassageAsItStands() {
        String text = "One. Two.\n\n- a\n- b\n\n```java\nint x;\n```";

        assertThat(quote(text, "One")).isEqualTo(text);
    }

    @Test
    void takesTheNearestSentencesOfALongPassage() {
        String text = FILLER.repeat(4) + "Wanted is this. " + FILLER.repeat(3) + "And wanted is that.";

        assertThat(quote(text, "anted is")).isEqualTo("Wanted is this. " + FILLER + "And wanted is that.");
    }

    @Test
    void bringsTheSentenceThatALeaningOneLeansOn() {
        String text = FILLER.repeat(7) + "The key is secret. It is wanted.";

        assertThat(quote(text, "wanted")).isEqualTo("The key is secret. It is wanted.");
    }

    @Test
    void bringsTheHeadOfATableAndTheIntroductionOfAList() {
        String table = FILLER.repeat(7) + "\n\n| A | B |\n| - | - |\n| 1 | wanted |\n| 2 | other |\n";
        String list = FILLER.repeat(7) + "There are these.\n\n- wanted\n- other\n";

        assertThat(quote(table, "wanted")).isEqualTo("| A | B |\n| --- | --- |\n| 1 | wanted |");
        assertThat(quote(list, "wanted")).isEqualTo("There are these.\n\n- wanted");
    }

    @Test
    void bringsTheCodeThatFollows() {
        String text = "Wanted. " + FILLER.repeat(7) + "\n\n```java\nint x;\n```";

        assertThat(quote(text, "Wanted")).isEqualTo("Wanted.\n\n```java\nint x;\n```");
    }
}
