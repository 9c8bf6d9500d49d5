package dev.aikit.durable.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a look through the whole input has found.
 *
 * @param total how many requests there are
 * @param digest by which the input is known again
 * @param url of all requests; "" if they differ
 */
record InputCheck(long total, String digest, String url) {
    /**
     * Reads the whole input, before anything is sent.
     *
     * @throws BatchInputException for the first line that cannot be used
     */
    static InputCheck of(BatchInput input) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        Hashes seen = new Hashes();
        long total = 0;
        String url = "";
        try (InputStream in = new DigestInputStream(Files.newInputStream(input.file()), digest);
                Requests requests = input.open(in)) {
            for (BatchRequest next = requests.next(); next != null; next = requests.next()) {
                if (input.namesItself() && !seen.add(Hashes.of(next.customId()))) requireNew(input, next);
                if (total == 0) url = next.url();
                else if (!url.equals(next.url())) url = "";
                total++;
            }
        }
        if (total == 0) throw new BatchInputException(1, "at least one request expected, and the file has none");
        return new InputCheck(total, HexFormat.of().formatHex(digest.digest()), url);
    }

    /** Two ids may have the same hash: looks for the very same one. */
    private static void requireNew(BatchInput input, BatchRequest again) throws IOException {
        try (Requests requests = input.open()) {
            for (BatchRequest next = requests.next(); next != null; next = requests.next()) {
                if (next.line() >= again.line()) return;
                if (next.customId().equals(again.customId()))
                    throw new BatchInputException(
                            again.line(),
                            "another custom_id expected, \"" + again.customId() + "\" stands in line " + next.line()
                                    + " already");
            }
        }
    }
}
