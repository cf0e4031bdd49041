package dev.cadenza.trainer.study.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.evaluation.PieceFeatures;
import dev.cadenza.trainer.evaluation.PlayingFigures;
import dev.cadenza.trainer.evaluation.PlayingMeasure;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.Cells;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a model played, or people, compared with what people played. The file is as {@code playing} writes it, and is read
 * here alone.
 */
public record PlayedResult(ObjectNode measured) {
    /** Of each piece, from its first. */
    public static final int NOTES = 200;

    private static final String PEOPLE = "people";
    private static final String CEILING = "people, the ceiling";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PlayedResult {}

    /** The file is this object. */
    @JsonValue
    @Override
    public ObjectNode measured() {
        return measured;
    }

    /**
     * The place of a version's pieces.
     *
     * @param pieces how many of each
     * @param version such as {@code some-model@3}
     */
    public static Cell<PlayedResult> cell(int pieces, String version) {
        // Cells under generation/ are of an earlier copy check.
        return new Cell<>(folder(pieces) + version, PlayedResult.class);
    }

    /** The place of other people's pieces. */
    public static Cell<PlayedResult> people(int pieces) {
        return cell(pieces, PEOPLE);
    }

    private static String folder(int pieces) {
        return "played/" + pieces + "-";
    }

    /** People first, then whatever was measured of models; empty without people. */
    public static Map<String, PlayedResult> all(Cells cells, int pieces) throws IOException {
        Map<String, PlayedResult> all = new LinkedHashMap<>();
        PlayedResult people = people(pieces).read(cells).orElse(null);
        if (people == null) {
            return all;
        }
        all.put(CEILING, people);
        String folder = folder(pieces);
        for (String key : cells.keys()) {
            if (key.startsWith(folder) && !key.equals(people(pieces).key())) {
                String version = key.substring(folder.length());
                all.put(version, cell(pieces, version).read(cells).orElseThrow());
            }
        }
        return all;
    }

    /** How many pieces of people it was compared with. */
    public int peoplePieces() {
        return measured.path(PEOPLE).asInt();
    }

    /** What a table shows, by the names of {@link PlayingFigures#header}. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        List<String> names = PlayingFigures.header();
        List<String> cells = PlayingFigures.row(measured);
        for (int at = 0; at < names.size(); at++) {
            shown.put(names.get(at), cells.get(at));
        }
        return shown;
    }

    /** The overlap area of a feature's distances with people's. */
    public @Nullable Double overlap(PieceFeatures feature) {
        return number(feature(feature).path("overlap"));
    }

    /** The KL divergence of a feature's distances from people's, in nats. */
    public @Nullable Double klNats(PieceFeatures feature) {
        return number(feature(feature).path("kl_nats"));
    }

    /** A measure of playability, repetition, pulse or ending; null in results of before there were any. */
    public @Nullable Double measure(PlayingMeasure measure) {
        return number(measured.path("measures").path(measure.key()));
    }

    private JsonNode feature(PieceFeatures feature) {
        return measured.path("features").path(feature.title());
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }

    /** Shares of the classes of inter-onset times. */
    public double[] interOnsetShares() {
        return shares("inter_onset_shares");
    }

    /** Shares of the classes of durations. */
    public double[] durationShares() {
        return shares("duration_shares");
    }

    private double[] shares(String field) {
        return StreamSupport.stream(measured.path(field).spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
