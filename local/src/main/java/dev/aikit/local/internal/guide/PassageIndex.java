package dev.aikit.local.internal.guide;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the passages that are nearest to a question, by meaning and a little by words. */
final class PassageIndex {
    /** What it is worth to have all words of a question, beside a cosine of at most 1. */
    private static final double WORDS = 0.2;

    /** What a question loses that consists of words which no passage has: it is probably about something else. */
    private static final double UNKNOWN_WORDS = 0.1;

    /** What pages lose that tell how the kit is made: most questions are about using it. */
    private static final double BACKSTAGE = 0.05;

    private static final Pattern BACKSTAGE_PAGES =
            Pattern.compile("CONTRIBUTING\\.md|CHANGELOG\\.md|docs/decisions/.*");

    private final List<Entry> entries;
    private final Map<String, Integer> passagesWith = new HashMap<>();

    private record Entry(Corpus.Entry packed, Set<String> terms) {}

    /**
     * A passage and how near it is.
     *
     * @param score the best cosine of the passage, its headings or one of its units, with something added or taken off for words
     * @param units the cosine of each unit; -1 for a unit without prose
     */
    record Hit(Passage passage, double score, List<Double> units) {}

    PassageIndex(Corpus corpus) {
        entries = corpus.entries().stream()
                .map(packed -> new Entry(packed, Terms.of(packed.passage().words())))
                .toList();
        for (Entry entry : entries) for (String term : entry.terms()) passagesWith.merge(term, 1, Integer::sum);
    }

    /** The nearest passages, the nearest first. */
    List<Hit> nearest(float[] question, Set<String> terms, int most) {
        double unknown = UNKNOWN_WORDS * share(terms, term -> !passagesWith.containsKey(term));
        return entries.stream()
                .map(entry -> hit(entry, question, WORDS * share(terms, entry.terms()::contains) - unknown))
                .sorted(Comparator.comparingDouble(Hit::score).reversed())
                .limit(most)
                .toList();
    }

    private static Hit hit(Entry entry, float[] question, double forWords) {
        Passage passage = entry.packed().passage();
        List<Double> units = entry.packed().units().stream()
                .map(vector -> Vectors.cosine(question, vector))
                .toList();
        double best = Math.max(
                Vectors.cosine(question, entry.packed().topic()),
                Vectors.cosine(question, entry.packed().place()));
        for (double unit : units) best = Math.max(best, unit);
        double backstage = BACKSTAGE_PAGES.matcher(passage.source()).matches() ? BACKSTAGE : 0;
        return new Hit(passage, best + forWords - backstage, units);
    }

    /** Which part of a question's words is so; rare words count for more. */
    private double share(Set<String> asked, Predicate<String> which) {
        double all = 0;
        double found = 0;
        for (String term : asked) {
            double weight = Math.log((entries.size() + 1.0) / (passagesWith.getOrDefault(term, 0) + 0.5));
            all += weight;
            if (which.test(term)) found += weight;
        }
        return all > 0 ? found / all : 0;
    }

    int size() {
        return entries.size();
    }

    /** Where the passages come from, in order, each once. */
    Set<String> sources() {
        Set<String> sources = new LinkedHashSet<>();
        for (Entry entry : entries) sources.add(entry.packed().passage().source());
        return sources;
    }

    /** For each page about using the kit, the first of its headings that is a question; the titles of pages without one. */
    Set<String> topics() {
        Map<String, String> topics = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Passage passage = entry.packed().passage();
            if (passage.source().endsWith(".java")
                    || BACKSTAGE_PAGES.matcher(passage.source()).matches()) continue;
            String heading = passage.innermostHeading();
            if (heading.endsWith("?")
                    && !topics.getOrDefault(passage.source(), "").endsWith("?")) {
                topics.put(passage.source(), heading);
            } else if (!passage.title().isEmpty()) {
                topics.putIfAbsent(passage.source(), passage.title());
            }
        }
        return new LinkedHashSet<>(topics.values());
    }
}
