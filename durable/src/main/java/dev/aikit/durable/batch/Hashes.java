package dev.aikit.durable.batch;

/** A set of 64-bit hashes: a million of them in 16 MB, where texts would take a hundred. */
final class Hashes {
    private long[] places = new long[1 << 10];
    private int size;

    /** Of a text, its bits well mixed (FNV-1a, then the last steps of SplitMix64). */
    static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash; // 0 is an empty place
    }

    /** False if it is there already. */
    boolean add(long hash) {
        if (2 * (size + 1) > places.length) grow();
        boolean added = put(places, hash);
        if (added) size++;
        return added;
    }

    private static boolean put(long[] places, long hash) {
        int at = (int) hash & (places.length - 1);
        while (places[at] != 0) {
            if (places[at] == hash) return false;
            at = (at + 1) & (places.length - 1);
        }
        places[at] = hash;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * places.length];
        for (long hash : places) if (hash != 0) put(larger, hash);
        places = larger;
    }
}
