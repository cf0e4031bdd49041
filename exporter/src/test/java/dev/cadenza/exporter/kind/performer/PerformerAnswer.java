package dev.cadenza.exporter.kind.performer;

/** What a performer's graph answers; arrays as the kind's outputs, row-major. */
record PerformerAnswer(int[] next, float[] logp, float[] logits, int[] keys, int[] ends, float[] h, float[] c) {}
