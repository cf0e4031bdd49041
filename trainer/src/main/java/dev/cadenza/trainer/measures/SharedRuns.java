package dev.cadenza.trainer.measures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The longest runs that excerpts share with a corpus, whatever the key they are in.
 *
 * <p>A note is a token: the step from the pitch before, and the interval in one of six ranges (together, up to 60, 125,
 * 250, 500 ms, longer), so that neither transposition nor a slightly different tempo hides a copy. All excerpts make one
 * suffix automaton (Blumer et al., 1985), which reads the corpus once: the time is that of reading it. Add the excerpts
 * first, then the corpus, then ask.
 */
public final class SharedRuns {
    private static final double[] RANGES_SECONDS = {0.025, 0.06, 0.125, 0.25, 0.5};
    private static final int RANGES = RANGES_SECONDS.length + 1;
    private static final int PITCHES = 128;
    private static final int NONE = -1;

    private final List<int[]> excerpts = new ArrayList<>();
    private final Map<Long, Integer> edges = new HashMap<>();
    private final Map<Integer, List<Integer>> tokensOut = new HashMap<>();
    private int[] length = new int[64];
    private int[] link = new int[64];
    private int[] matched = new int[64];
    private int states = 1;

    public SharedRuns() {
        link[0] = NONE;
    }

    /** Adds an excerpt; {@link #longest} tells of it by its place. */
    public void add(Excerpt excerpt) {
        int[] tokens = tokens(excerpt);
        excerpts.add(tokens);
        int last = 0;
        for (int token : tokens) {
            last = extend(last, token);
        }
    }

    private static int[] tokens(Excerpt excerpt) {
        int[] tokens = new int[Math.max(0, excerpt.notes() - 1)];
        for (int note = 1; note < excerpt.notes(); note++) {
            double seconds = excerpt.interval(note) / (double) excerpt.ticksPerSecond();
            int range = 0;
            while (range < RANGES_SECONDS.length && seconds > RANGES_SECONDS[range]) {
                range++;
            }
            tokens[note - 1] = (excerpt.pitch(note) - excerpt.pitch(note - 1) + PITCHES) * RANGES + range;
        }
        return tokens;
    }

    private static long edge(int state, int token) {
        return (long) state << 32 | token;
    }

    private int next(int state, int token) {
        return edges.getOrDefault(edge(state, token), NONE);
    }

    private void setNext(int state, int token, int to) {
        if (edges.put(edge(state, token), to) == null) {
            tokensOut.computeIfAbsent(state, unused -> new ArrayList<>()).add(token);
        }
    }

    private int state(int ofLength, int ofLink) {
        if (states == length.length) {
            length = Arrays.copyOf(length, 2 * states);
            link = Arrays.copyOf(link, 2 * states);
            matched = Arrays.copyOf(matched, 2 * states);
        }
        length[states] = ofLength;
        link[states] = ofLink;
        return states++;
    }

    private int extend(int last, int token) {
        int there = next(last, token);
        if (there != NONE) {
            // Another excerpt went this way.
            return length[there] == length[last] + 1 ? there : split(last, token, there);
        }
        int added = state(length[last] + 1, 0);
        int at = last;
        while (at != NONE && next(at, token) == NONE) {
            setNext(at, token, added);
            at = link[at];
        }
        if (at != NONE) {
            int target = next(at, token);
            link[added] = length[target] == length[at] + 1 ? target : split(at, token, target);
        }
        return added;
    }

    private int split(int from, int token, int target) {
        int clone = state(length[from] + 1, link[target]);
        for (int out : List.copyOf(tokensOut.getOrDefault(target, List.of()))) {
            setNext(clone, out, next(target, out));
        }
        link[target] = clone;
        int at = from;
        while (at != NONE && next(at, token) == target) {
            setNext(at, token, clone);
            at = link[at];
        }
        return clone;
    }

    /** Reads a piece of the corpus. */
    public void read(Excerpt piece) {
        int state = 0;
        int run = 0;
        for (int token : tokens(piece)) {
            int to = next(state, token);
            while (to == NONE && state != 0) {
                state = link[state];
                run = length[state];
                to = next(state, token);
            }
            if (to == NONE) {
                continue;
            }
            state = to;
            run++;
            matched[state] = Math.max(matched[state], run);
        }
    }

    /** For each excerpt in the order of {@link #add}: notes of the longest run that the corpus has too; 0 for none. */
    public int[] longest() {
        Integer[] byLength = new Integer[states];
        Arrays.setAll(byLength, i -> i);
        Arrays.sort(byLength, (a, b) -> Integer.compare(length[b], length[a]));
        int[] whole = matched.clone();
        for (int state : byLength) {
            if (whole[state] > 0 && link[state] > 0) {
                whole[link[state]] = length[link[state]];
            }
        }
        int[] upwards = new int[states];
        for (int i = states - 1; i >= 0; i--) {
            int state = byLength[i];
            int above = link[state] == NONE ? 0 : upwards[link[state]];
            upwards[state] = Math.max(above, Math.min(whole[state], length[state]));
        }
        int[] longest = new int[excerpts.size()];
        for (int excerpt = 0; excerpt < longest.length; excerpt++) {
            int state = 0;
            int best = 0;
            for (int token : excerpts.get(excerpt)) {
                state = next(state, token);
                best = Math.max(best, upwards[state]);
            }
            // A run of k steps has k + 1 notes.
            longest[excerpt] = best == 0 ? 0 : best + 1;
        }
        return longest;
    }
}
