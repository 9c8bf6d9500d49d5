package dev.aikit.cli.doctor;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
    /** What a finding is about that says that the model is not there. */
    static final String MODEL = "model";

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

    /** From a chat that failed: about the model if the server does not have it, else about the chat. */
    static Finding ofChat(Patient patient, OpenAIResult failed) {
        Finding chat = of("chat", failed);
        if (!isWithout(patient, failed.errors().get(0))) return chat;
        return new Finding(MODEL, Verdict.FAILED, "the model " + patient.model() + " is not there; " + chat.detail());
    }

    /** Not every server lists all that it has, so the list alone proves nothing, and neither does each 404. */
    private static boolean isWithout(Patient patient, OpenAIError error) {
        boolean unlisted = !patient.listed().isEmpty() && !patient.listed().contains(patient.model());
        boolean named = error.code().equals("model_not_found")
                || Pattern.compile("(?<![\\w.-])" + Pattern.quote(patient.model()) + "(?![\\w-])")
                        .matcher(error.message())
                        .find();
        if (error.status() == 404) return named || unlisted;
        return (error.status() == 400 || error.status() == 422) && named && unlisted;
    }

    static Finding open(String about, String why) {
        return new Finding(about, Verdict.OPEN, why);
    }

    private static String shortened(String message) {
        String line = message.lines().map(String::strip).collect(Collectors.joining(" "));
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
