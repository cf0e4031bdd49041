package dev.cadenza.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tensor before anything runs.
 *
 * @param dims each 0 or more
 * @param values of a list of whole numbers that is the same in every run of these sizes, such as axes or another tensor's
 *     dims; null where it may depend on what is computed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Tensor(long[] dims, long @Nullable [] values) {
    static final long MOST_ELEMENTS = 1L << 28;

    static Tensor of(long... dims) {
        return new Tensor(dims, null);
    }

    int rank() {
        return dims.length;
    }

    /** Elements, at most a little above {@link #MOST_ELEMENTS}. */
    long count() {
        return count(dims);
    }

    static long count(long... dims) {
        long count = 1;
        for (long dim : dims) {
            // 0 beats any other dim, whichever comes first.
            if (dim == 0) {
                return 0;
            }
        }
        for (long dim : dims) {
            count = count > MOST_ELEMENTS / dim ? MOST_ELEMENTS + 1 : count * dim;
        }
        return count;
    }

    boolean hasDims(Tensor other) {
        return Arrays.equals(dims, other.dims);
    }

    @Override
    public String toString() {
        return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
