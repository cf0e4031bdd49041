package dev.cadenza.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.trainer.command.StudyParts;
import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole study, smaller than any real one, with a stand-in for the exporter. */
@DisabledOnOs(OS.WINDOWS)
final class StudyTest {
    private static final StudyPlan TINY = new StudyPlan(
            0.2, 2, 0.2, 2, List.of(1e-3), List.of(1L), List.of(0.5, 1.0), 2, 2, 8, 2, 2, 2, List.of(1L, 2L), 40, 4, 2);
    private static final Set<Integer> ALL = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();
    private BooleanSupplier stop = () -> false;
    private Path rolls;
    private Path data;

    @BeforeEach
    void corpora() throws IOException {
        data = SmallCorpus.maestro(folder.resolve("data"), 20, 220);
        rolls = Files.createDirectories(folder.resolve("rolls"));
        String sequence = "[" + "[60, 64, 67], [60, 64], [], [62, 65, 69], ".repeat(10) + "[60]]";
        Files.writeString(
                rolls.resolve("toy.json"),
                "{\"train\": [" + sequence + ", " + sequence + "], \"valid\": [" + sequence + "], \"test\": ["
                        + sequence + "]}");
    }

    /** A program that answers as the exporter does, and plays the corpus' own pieces. */
    private ExporterLauncher exporter() throws IOException {
        Path program = folder.resolve("exporter");
        Files.writeString(program, """
                #!/bin/sh
                if [ "$1" = export ]; then
                  echo '{"version": 1, "parameters": 7, "model_bytes": 8, "parity": {"compared_numbers": 9, "largest_difference": 1e-6}}'
                  exit 0
                fi
                pieces=1
                while [ $# -gt 0 ]; do
                  case $1 in
                    --out) out=$2 ;;
                    --pieces) pieces=$2 ;;
                  esac
                  shift
                done
                mkdir -p "$out"
                for piece in $(seq "$pieces"); do
                  cp "DATA/maestro-v9.9.9/2004/piece-0$piece.midi" "$out/piece-00$piece.mid"
                done
                """.replace("DATA", data.toString()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new ExporterLauncher(program);
    }

    private EncodedCorpus encoded(int ticksPerSecond) throws IOException, CorpusFormatException {
        return EncodedCorpus.encode(data, Corpus.open(data), ticksPerSecond, folder.resolve("cache"), files -> {});
    }

    private Study.Outcome study(Set<Integer> parts, boolean stopped) throws Exception {
        Path models = Files.createDirectories(folder.resolve("models/some-model/3"))
                .resolve("../..")
                .normalize();
        Files.createDirectories(models.resolve("some-model/2"));
        Study.Order order = new Study.Order(
                folder.resolve("study"),
                false,
                parts,
                1,
                Optional.of(exporter()),
                Optional.of(models),
                "trainer study --data DATA --rolls ROLLS --out study");
        return StudyParts.study()
                .run(order, TINY, this::encoded, rolls, log::add, () -> stopped || stop.getAsBoolean());
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve("study/REPORT.md"));
    }

    private Map<Path, Object> cells() throws IOException {
        Map<Path, Object> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("study/cells"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void everyPartIsComputedOnceAndReported() throws Exception {
        assertThat(study(ALL, false)).isEqualTo(Study.Outcome.DONE);
        assertThat(report())
                .contains(
                        "## The source paper's figures, row by row", "## Trainings", "some-model@3", "roll-toy-balstm")
                .contains("Not rated.")
                .doesNotContain("not done yet")
                .doesNotContain("Not done yet")
                .doesNotContain(folder.toString());
        for (int part : ALL) {
            assertThat(report()).contains("## " + part + ". ", "--parts " + part + "`");
        }
        JsonNode rows = new ObjectMapper()
                .readTree(folder.resolve("study/results.json").toFile())
                .path("rows");
        assertThat(rows).hasSize(6);
        for (JsonNode row : rows) {
            assertThat(row.properties().stream().map(Map.Entry::getKey))
                    .contains("corpus", "model", "best", "median", "published", "seeds", "hours", "parameters");
            assertThat(row.path("best").asDouble())
                    .isNegative()
                    .isGreaterThanOrEqualTo(row.path("median").asDouble());
        }
        assertThat(rows.get(0).path("best").asDouble()).isEqualTo(88 * Math.log(0.5));
        assertThat(rows.get(5).path("seeds").asInt()).isEqualTo(2);
        everyUpdateIsMeasured();
        try (Stream<Path> figures = Files.list(folder.resolve("study/figures"))) {
            assertThat(figures).hasSizeGreaterThan(15);
        }

        Map<Path, Object> before = cells();
        String first = report();
        log.clear();
        assertThat(study(ALL, false)).isEqualTo(Study.Outcome.DONE);
        assertThat(cells()).isEqualTo(before);
        assertThat(log).noneMatch(line -> line.contains("epoch"));
        assertThat(report()).isEqualTo(first);
    }

    private void everyUpdateIsMeasured() throws IOException {
        List<String> steps = Files.readAllLines(folder.resolve("study/csv/paper-steps.csv"));
        List<String> epochs = Files.readAllLines(folder.resolve("study/csv/paper-curve.csv"));
        assertThat(steps.get(0))
                .isEqualTo("update,train_mse,train_accuracy,validation_mse,validation_accuracy,measuring_seconds");
        for (int update = 1; update < steps.size(); update++) {
            String[] row = steps.get(update).split(",", -1);
            assertThat(row[0]).isEqualTo(Integer.toString(update));
            for (int column = 1; column < row.length - 1; column++) {
                assertThat(Double.parseDouble(row[column])).isBetween(0.0, 1.0);
            }
        }
        assertThat(steps.get(steps.size() - 1).split(",", 2)[0])
                .isEqualTo(epochs.get(epochs.size() - 1).split(",", 2)[0]);
    }

    @Test
    void aStoppedStudyReportsWhatIsThere() throws Exception {
        assertThat(study(Set.of(4), true)).isEqualTo(Study.Outcome.STOPPED);
        assertThat(report()).contains("| Random | -61.00 |", "not done yet");
        assertThat(log).contains("stopped; the same command goes on");
    }

    @Test
    void aTrainingThatWasStoppedGoesOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // Asked before each cell and after each update: after the first of the first training's two.
        stop = () -> log.stream().anyMatch(line -> line.startsWith("part 4")) && asked.incrementAndGet() > 2;
        assertThat(study(Set.of(4), false)).isEqualTo(Study.Outcome.STOPPED);
        Path stopped = folder.resolve("study/runs/rolls-toy-balstm-1/last.zip");
        assertThat(stopped).exists();
        assertThat(folder.resolve("study/cells/rolls/toy/balstm-1.json")).doesNotExist();
        stop = () -> false;
        assertThat(study(Set.of(4), false)).isEqualTo(Study.Outcome.DONE);
        JsonNode goneOn = new ObjectMapper()
                .readTree(folder.resolve("study/cells/rolls/toy/balstm-1.json").toFile());

        Files.move(folder.resolve("study"), folder.resolve("interrupted"));
        assertThat(study(Set.of(4), false)).isEqualTo(Study.Outcome.DONE);
        JsonNode atOnce = new ObjectMapper()
                .readTree(folder.resolve("study/cells/rolls/toy/balstm-1.json").toFile());
        assertThat(goneOn.path("test").asDouble()).isEqualTo(atOnce.path("test").asDouble());
        assertThat(goneOn.path("updates").asLong())
                .isEqualTo(atOnce.path("updates").asLong());
    }

    @Test
    void aFolderIsOfOneStudy() throws Exception {
        study(Set.of(9), false);
        Path toy = rolls.resolve("toy.json");
        Files.writeString(toy, Files.readString(toy).replace("62", "61"));
        assertThatThrownBy(() -> study(Set.of(9), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a study of another toy");
    }

    @Test
    void rollsThatCannotBeReportedAreRefusedAtOnce() throws Exception {
        Path toy = rolls.resolve("toy.json");
        Path other = Files.move(toy, rolls.resolve("M\u00fcsik.json"));
        assertThatThrownBy(() -> study(ALL, false)).hasMessageContaining("its name must be of");
        Files.move(other, toy);
        Files.writeString(toy, Files.readString(toy).replaceFirst(", \"test\".*", "}"));
        assertThatThrownBy(() -> study(ALL, false)).hasMessageContaining("no sequence in its test split");
        assertThat(log).isEmpty();
    }

    @Test
    void aPartThatFailsLeavesTheReport() throws Exception {
        Path ratings = Files.createDirectories(folder.resolve("study/cells/rolls/toy"));
        Files.writeString(ratings.resolve("baselines.json"), "not JSON");
        assertThat(study(Set.of(4, 9), false)).isEqualTo(Study.Outcome.FAILED);
        assertThat(log)
                .anyMatch(line -> line.startsWith("part 4 failed: ") && line.contains("baselines.json is not JSON"))
                .anyMatch(line -> line.startsWith("part 4 could not be written: "));
        assertThat(report())
                .contains("Could not be written; the log of the command says why.", "## 9. Listening", "Not rated.")
                .doesNotContain(folder.toString());
    }

    @Test
    void ratingsAreReadByWhoPlayed() throws Exception {
        ListeningPage.make(
                folder.resolve("study"),
                encoded(StudyData.TICKS_PER_SECOND),
                exporter(),
                folder.resolve("some/4"),
                3,
                9);
        Path page = folder.resolve("study/listening");
        JsonNode key = new ObjectMapper().readTree(page.resolve("key.json").toFile());
        assertThat(key.path("clips")).hasSize(6);
        assertThat(Files.readString(page.resolve("clips.js")))
                .doesNotContain("people")
                .doesNotContain("some@4");
        StringBuilder given = new StringBuilder();
        key.path("clips")
                .properties()
                .forEach(clip -> given.append(given.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(clip.getKey())
                        .append("\": ")
                        .append(clip.getValue().asText().equals("people") ? 5 : 2));
        Path ratings = page.resolve("ratings/one.json");
        String id = key.path("page").asText();
        Files.writeString(ratings, "{\"page\": \"" + id + "\", \"ratings\": {" + given + "}}");
        assertThat(study(Set.of(9), false)).isEqualTo(Study.Outcome.DONE);
        assertThat(report()).contains("| people | 3 | 5.00 | +- 0.00 |", "| some@4 | 3 | 2.00 | +- 0.00 |");

        Files.writeString(ratings, "{\"page\": \"another\", \"ratings\": {}}");
        assertThat(study(Set.of(9), false)).isEqualTo(Study.Outcome.FAILED);
        assertThat(log.get(log.size() - 1)).contains("one.json holds ratings of another page");
        Files.writeString(ratings, "{\"page\": \"" + id + "\", \"ratings\": {\"clip-01\": 6}}");
        assertThat(study(Set.of(9), false)).isEqualTo(Study.Outcome.FAILED);
        assertThat(log.get(log.size() - 1)).contains("rating of clip-01 (6) must be 1..5");
    }

    @Test
    void aFailingExporterIsQuoted() throws Exception {
        Path program = folder.resolve("broken");
        Files.writeString(program, "#!/bin/sh\necho 'export: no such thing' >&2\nexit 1\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> new ExporterLauncher(program).run(List.of("export")))
                .isInstanceOf(IOException.class)
                .hasMessage("exporter export failed: export: no such thing");
    }
}
