package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.embedding.MiniLm;

/** Vectors of length 1 in one byte a number: a quarter of the size, and a cosine changes by about 0.001. */
final class Vectors {
    /** No number of such a vector comes near 127 / 256. */
    private static final float SCALE = 256;

    private Vectors() {}

    static byte[] of(String text, MiniLm model) {
        return packed(model.embed(text).vector());
    }

    private static byte[] packed(float[] vector) {
        byte[] packed = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            packed[i] = (byte) Math.max(-127, Math.min(127, Math.round(vector[i] * SCALE)));
        }
        return packed;
    }

    /** -1 if there is nothing to compare with. */
    static double cosine(float[] vector, byte[] packed) {
        if (packed.length == 0) return -1;
        float product = 0;
        for (int i = 0; i < vector.length; i++) product += vector[i] * packed[i];
        return product / SCALE;
    }
}
