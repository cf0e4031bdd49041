package dev.cadenza.server.bench;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.LoadedVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What serving costs: a model's bare step, whole pieces without HTTP, and the same over HTTP from another process, at
 * several numbers of streams, turn by turn so that what else the machine does meets all of them.
 */
public final class ServingBench {
    private static final int[] STREAMS = {1, 8, 64};
    private static final int WAITING_STREAMS = 32;
    private static final int FIRST_NOTES = 60;

    /**
     * How much is measured.
     *
     * @param notes of each piece, 10..10,000
     * @param rounds each thing is measured once a round, 1..1000
     */
    public record Size(int notes, int rounds) {
        public Size {
            if (notes < 10 || notes > 10_000) {
                throw new IllegalArgumentException("notes (" + notes + ") must be 10..10000");
            }
            if (rounds < 1 || rounds > 1000) {
                throw new IllegalArgumentException("rounds (" + rounds + ") must be 1..1000");
            }
        }
    }

    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    private ServingBench() {}

    /**
     * Measures.
     *
     * @param version loaded from {@code models}
     * @param progress gets each round that is done, from 0 on; round 0 warms up
     * @return medians by name, see {@link #meaning}; NaN for what this system does not report
     * @throws IOException if the server does not start or does not answer
     */
    public static Map<String, Double> run(LoadedVersion version, Path models, Size size, IntConsumer progress)
            throws IOException {
        VersionId id = version.id();
        ServingBench bench = new ServingBench();
        Map<String, Double> figures = new LinkedHashMap<>();
        double[] first = {};
        double idle;
        double loaded = 0;
        double start;
        try (ChildServer server = ChildServer.start(models, id.name());
                Player player = version.lease().orElseThrow()) {
            start = server.startToReady().toNanos() / 1e6;
            idle = server.residentMegabytes();
            BareModel bare = new BareModel(version.model(), player);
            HttpLoad load = new HttpLoad(server);
            for (int round = 0; round <= size.rounds(); round++) {
                bench.round(bare, load, size.notes(), round > 0);
                loaded = Math.max(loaded, server.residentMegabytes());
                progress.accept(round);
            }
            first = load.secondsToFirstNote(WAITING_STREAMS - 1, FIRST_NOTES);
        }
        bench.measured.forEach((key, values) -> figures.put(
                key,
                Throughput.percentile(
                        values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5)));
        figures.put("first_note_ms_p50", 1e3 * Throughput.percentile(first, 0.5));
        figures.put("first_note_ms_p99", 1e3 * Throughput.percentile(first, 0.99));
        Path folder = models.resolve(id.name()).resolve(Integer.toString(id.version()));
        figures.putAll(LoadingBench.run(folder, id.name(), size.rounds()));
        figures.put("start_to_ready_ms", start);
        figures.put("resident_mb_idle", idle);
        figures.put("resident_mb_loaded", loaded);
        return figures;
    }

    private void round(BareModel bare, HttpLoad load, int notes, boolean counts) throws IOException {
        Map<String, Double> round = new LinkedHashMap<>();
        Throughput[] steps = new Throughput[STREAMS.length];
        Throughput[] http = new Throughput[STREAMS.length];
        for (int i = 0; i < STREAMS.length; i++) {
            int streams = STREAMS[i];
            steps[i] = bare.steps(streams, notes);
            Throughput pieces = bare.pieces(streams, notes);
            http[i] = load.pieces(streams, notes);
            round.put("bare_steps_notes_per_s_" + streams, steps[i].perSecond());
            round.put("pieces_notes_per_s_" + streams, pieces.perSecond());
            round.put("http_notes_per_s_" + streams, http[i].perSecond());
            round.put("bare_steps_notes_per_cpu_s_" + streams, steps[i].perCpuSecond());
            round.put("http_notes_per_cpu_s_" + streams, http[i].perCpuSecond());
        }
        int most = STREAMS.length - 1;
        round.put("http_64_over_1", http[most].perSecond() / http[0].perSecond());
        round.put("http_64_over_1_by_cpu", http[most].perCpuSecond() / http[0].perCpuSecond());
        round.put("http_over_bare_64", http[most].perSecond() / steps[most].perSecond());
        round.put("http_over_bare_64_by_cpu", http[most].perCpuSecond() / steps[most].perCpuSecond());
        if (counts) {
            round.forEach((key, value) ->
                    measured.computeIfAbsent(key, any -> new ArrayList<>()).add(value));
        }
    }

    /** What a figure is, in a few words. */
    public static String meaning(String figure) {
        String streams = figure.replaceAll(".*_", "");
        if (figure.startsWith("bare_steps_notes_per_s_")) {
            return "the model's step alone, " + streams + " rows a run";
        }
        if (figure.startsWith("pieces_notes_per_s_")) {
            return "whole pieces, " + streams + " at once, without HTTP: noise, steering and guards too";
        }
        if (figure.startsWith("http_notes_per_s_")) {
            return "whole pieces, " + streams + " at once, over HTTP from another process";
        }
        if (figure.contains("_notes_per_cpu_s_")) {
            return "the same by processor time" + (figure.startsWith("http") ? ", of the server's process" : "");
        }
        return switch (figure) {
            case "http_64_over_1" -> "64 streams compared with one, over HTTP, median of the rounds' ratios";
            case "http_64_over_1_by_cpu" -> "the same by processor time";
            case "http_over_bare_64" -> "64 streams over HTTP compared with the bare step of 64 rows";
            case "http_over_bare_64_by_cpu" -> "the same by processor time";
            case "first_note_ms_p50", "first_note_ms_p99" ->
                "from request to first note, event stream, " + (WAITING_STREAMS - 1) + " others playing";
            case "note_gap_ms_p99_steady" -> "between two notes of one of 8 event streams";
            case "note_gap_ms_p99_loading" -> "the same while another version is loaded again and again";
            case "note_gap_p99_loading_over_steady" -> "median of the rounds' ratios";
            case "loads_meanwhile" -> "how often it was loaded";
            case "start_to_ready_ms" -> "from the start of the process until it serves";
            case "resident_mb_idle" -> "resident memory of the server's process, models included, before a request";
            case "resident_mb_loaded" -> "the most seen under load";
            default -> "";
        };
    }
}
