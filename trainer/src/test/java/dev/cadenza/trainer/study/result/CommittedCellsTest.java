package dev.cadenza.trainer.study.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.CellJson;
import dev.cadenza.trainer.study.Cells;
import dev.cadenza.trainer.study.report.TextTable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The cells of the committed study are read whole, and written again as they are. */
final class CommittedCellsTest {
    private static final Path FOLDER = Path.of("study", "cells");

    private static final Map<Pattern, Class<?>> TYPES = Map.ofEntries(
            Map.entry(Pattern.compile("paper/curve"), CurveResult.class),
            Map.entry(Pattern.compile("paper/trivial"), PaperErrors.class),
            Map.entry(Pattern.compile("optimisers/.*"), OptimiserResult.class),
            Map.entry(Pattern.compile("presets/.*"), PresetResult.class),
            Map.entry(Pattern.compile("rolls/[^/]*/baselines"), BaselineResult.class),
            Map.entry(Pattern.compile("rolls/[^/]*/.*-sample"), RollSample.class),
            Map.entry(Pattern.compile("rolls/[^/]*/.*-[0-9]+"), RollResult.class),
            Map.entry(Pattern.compile("systems/.*"), SystemResult.class),
            Map.entry(Pattern.compile("played/.*"), PlayedResult.class),
            Map.entry(Pattern.compile("noise/.*"), NoiseResult.class),
            Map.entry(Pattern.compile("selections/.*"), SelectionResult.class));

    private static Class<?> type(String key) {
        return TYPES.entrySet().stream()
                .filter(type -> type.getKey().matcher(key).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record for the cell " + key));
    }

    @Test
    void everyCellIsWrittenAsItWasRead() throws Exception {
        Cells cells = new Cells(FOLDER);
        Set<Class<?>> seen = new HashSet<>();
        for (String key : cells.keys()) {
            Class<?> type = type(key);
            ObjectNode file = cells.read(key).orElseThrow();
            Object result = new Cell<>(key, type).read(cells).orElseThrow();

            // As text, so that the order of fields and each number count.
            assertThat(CellJson.write(result).toPrettyString()).as(key).isEqualTo(file.toPrettyString());
            seen.add(type);
        }
        assertThat(seen).hasSameElementsAs(TYPES.values());
    }

    @Test
    void rowsOfTheCurveAreWrittenAsTheyWereRead() throws Exception {
        CurveResult curve = CurveResult.CELL.read(new Cells(FOLDER)).orElseThrow();

        assertThat(TextTable.of(EpochRow.COLUMNS, curve.epochRows())).isEqualTo(curve.curve());
        assertThat(TextTable.of(StepRow.COLUMNS, curve.stepRows())).isEqualTo(curve.steps());
        assertThat(TextTable.of(WeightRow.COLUMNS, curve.weightRows())).isEqualTo(curve.weights());
        assertThat(TextTable.of(BatchRow.COLUMNS, curve.batchRows())).isEqualTo(curve.batches());
    }

    @Test
    void aTrainingThatDivergedHasNoFigures() throws Exception {
        OptimiserResult diverged = new OptimiserResult(
                "SGD",
                0.1,
                1,
                10,
                120,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                "the loss became NaN at update 6");

        ObjectNode written = CellJson.write(diverged);
        assertThat(written)
                .hasToString("{\"rule\":\"SGD\",\"rate\":0.1,\"seed\":1,\"notes\":10,\"updates\":120,"
                        + "\"diverged\":\"the loss became NaN at update 6\"}");
        assertThat(CellJson.read(written, OptimiserResult.class)).isEqualTo(diverged);
        assertThat(diverged.curve()).isEmpty();
    }
}
