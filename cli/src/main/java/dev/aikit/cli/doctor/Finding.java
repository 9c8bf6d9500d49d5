package dev.aikit.cli.doctor;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a probe saw.
 *
 * @param about what was tried, such as "streaming"
 * @param detail in a few words
 */
public record Finding(String about, Verdict verdict, String detail) {
    /** What to make of it. */
    public enum Verdict {
        /** It works as OpenAI describes it. */
        OK,
        /** It works, but not quite so. */
        ODD,
        /** The server does not offer it. */
        NO,
        /** It was tried and failed, in a way that does not say "not offered". */
        FAILED,
        /** It was not tried, or the answer proves nothing. */
        OPEN
    }

    private static final Set<Integer> NOT_OFFERED = Set.of(404, 405, 501);
    private static final int LONGEST = 200;

    /** All is well, unless something deviates. */
    static Finding of(String about, String detail, List<String> deviations) {
        if (deviations.isEmpty()) return new Finding(about, Verdict.OK, detail);
        return new Finding(about, Verdict.ODD, detail + "; but " + String.join(", ", deviations));
    }

    /** From a call that failed. */
    static Finding of(String about, OpenAIResult failed) {
        OpenAIError error = failed.errors().get(0);
        boolean notOffered = NOT_OFFERED.contains(error.status());
        String status = error.status() == 0 ? "" : error.status() + ": ";
        return new Finding(about, notOffered ? Verdict.NO : Verdict.FAILED, status + shortened(error.message()));
    }

    /** The same where a refusal of what was asked for means that it is not offered. */
    static Finding ofWish(String about, OpenAIResult failed) {
        Finding finding = of(about, failed);
        int status = failed.errors().get(0).status();
        return status == 400 || status == 422 ? new Finding(about, Verdict.NO, finding.detail()) : finding;
    }

    static Finding open(String about, String why) {
        return new Finding(about, Verdict.OPEN, why);
    }

    private static String shortened(String message) {
        String line = message.lines().map(String::strip).collect(Collectors.joining(" "));
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
