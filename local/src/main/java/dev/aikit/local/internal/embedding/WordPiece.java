package dev.aikit.local.internal.embedding;

import dev.aikit.json.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The WordPiece tokenizer of BERT (uncased): the longest known piece first, {@code [UNK]} for a word that cannot be put
 * together. Names of special tokens in a text, such as {@code [SEP]}, are text. Safe for use by several threads.
 */
public final class WordPiece {
    static final int CLS = 101;
    static final int SEP = 102;

    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int unknown;

    private WordPiece(Map<String, Integer> vocabulary, int unknown) {
        this.vocabulary = vocabulary;
        this.unknown = unknown;
    }

    /** From the content of a tokenizer.json file. */
    static WordPiece parse(byte[] tokenizerJson) {
        Map<String, Json> pieces =
                Json.parse(tokenizerJson).get("model").get("vocab").fields();
        Map<String, Integer> vocabulary = new HashMap<>(pieces.size() * 2);
        pieces.forEach((piece, id) -> vocabulary.put(piece, id.asInt(-1)));
        Integer unknown = vocabulary.get("[UNK]");
        if (unknown == null) throw new IllegalStateException("the tokenizer file has no [UNK] token");
        return new WordPiece(vocabulary, unknown);
    }

    /** The numbers of the text's tokens, without any that mark its start and end. */
    public int[] tokens(String text) {
        int[] ids = new int[Math.max(16, text.length() / 3)];
        int used = 0;
        for (String word : BasicTokenizer.words(text)) {
            // One word has at most as many pieces as characters.
            if (used + word.length() > ids.length) ids = Arrays.copyOf(ids, 2 * ids.length + word.length());
            used = split(word, ids, used);
        }
        return Arrays.copyOf(ids, used);
    }

    /** How many tokens the text has. */
    public int count(String text) {
        return tokens(text).length;
    }

    private int split(String word, int[] ids, int from) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            ids[from] = unknown;
            return from + 1;
        }
        int used = from;
        for (int start = 0; start < word.length(); ) {
            int end = word.length();
            Integer id = null;
            while (end > start && id == null) {
                String piece = word.substring(start, end);
                id = vocabulary.get(start == 0 ? piece : "##" + piece);
                if (id == null) end = word.offsetByCodePoints(end, -1);
            }
            if (id == null) {
                ids[from] = unknown;
                return from + 1;
            }
            ids[used++] = id;
            start = end;
        }
        return used;
    }
}
