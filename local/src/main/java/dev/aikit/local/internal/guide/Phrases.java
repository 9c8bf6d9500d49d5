package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.guide.PassageIndex.Hit;
import java.util.List;
import java.util.stream.Collectors;

/** What the guide says beside what it quotes: where that stands, what it is, and that it does not know. */
final class Phrases {
    private static final int MOST_TOPICS = 6;
    /** A second passage is worth a mention when it is about as near as the first. */
    private static final double ABOUT_AS_NEAR = 0.1;

    private Phrases() {}

    static String answer(List<Hit> hits, double threshold) {
        Hit best = hits.get(0);
        String also = hits.stream()
                .skip(1)
                .filter(hit -> hit.score() >= Math.max(threshold, best.score() - ABOUT_AS_NEAR))
                .map(hit -> place(hit.passage()))
                .filter(place -> !place.equals(place(best.passage())))
                .distinct()
                .collect(Collectors.joining("; "));
        return Quotation.of(best) + "\n\nFrom " + place(best.passage()) + "."
                + (also.isEmpty() ? "" : " See also " + also + ".");
    }

    private static String place(Passage passage) {
        String heading = passage.innermostHeading();
        return passage.source() + (heading.isEmpty() ? "" : ", \"" + heading + "\"");
    }

    static String introduction(PassageIndex index) {
        return "I am aikit-guide, the extractive model of AIKit for Java. I answer questions about this kit with passages of its"
                + " own documentation and examples (" + index.size() + " passages from "
                + index.sources().size()
                + " files), and I say where they stand. I write nothing of my own and know nothing else."
                + topics(index);
    }

    static String doNotKnow(PassageIndex index) {
        return "I do not know. I am aikit-guide, an extractive model: I answer only with passages of the documentation and the"
                + " examples of AIKit for Java, and I found none that answers this." + topics(index);
    }

    private static String topics(PassageIndex index) {
        if (index.topics().isEmpty()) return "";
        return index.topics().stream()
                .limit(MOST_TOPICS)
                .collect(Collectors.joining("\n- ", "\n\nAsk me for example:\n- ", ""));
    }
}
