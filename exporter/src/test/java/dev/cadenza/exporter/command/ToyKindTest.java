package dev.cadenza.exporter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.http.HttpServer;
import dev.cadenza.server.http.HttpSettings;
import dev.cadenza.server.http.Observers;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.serving.VersionLoader;
import dev.cadenza.trainer.command.TrainerRun;
import dev.cadenza.trainer.corpus.SmallCorpus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind that tests add by three classes and three lines in services files goes all the way that kinds go. */
class ToyKindTest {
    private static final int NOTES = 12;
    private static final int SEED = 7;
    private static final JsonMapper JSON = new JsonMapper();

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void itIsTrainedExportedProvedPlayedAndServed() throws Exception {
        String checkpoint = train();
        String models = folder.resolve("models").toString();
        StringWriter out = new StringWriter();
        assertThat(ExporterMain.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute("export", "--checkpoint", checkpoint, "--name", "toy", "--models", models, "--json"))
                .as(err.toString())
                .isZero();
        JsonNode report = JSON.readTree(out.toString());
        assertThat(report.at("/parity/compared_numbers").asLong()).isPositive();
        assertThat(report.at("/parity/largest_difference").asDouble()).isBetween(0.0, 2e-5);

        ModelRepository repository = new ModelRepository(Path.of(models));
        List<Integer> played = play(repository);
        assertThat(played).hasSize(NOTES);
        assertThat(Set.copyOf(played)).hasSizeGreaterThan(1);
        assertThat(serve(repository)).isEqualTo(played);
    }

    private String train() throws Exception {
        String data = SmallCorpus.maestro(folder.resolve("data"), 5, 40).toString();
        String cache = folder.resolve("cache").toString();
        Path run = folder.resolve("run");
        assertThat(TrainerRun.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        List.of(
                                "train",
                                "--preset",
                                "toy",
                                "--data",
                                data,
                                "--cache",
                                cache,
                                "--out",
                                run.toString(),
                                "--updates",
                                "40",
                                "--replicas",
                                "1")))
                .as(err.toString())
                .isZero();
        return run.resolve("best.zip").toString();
    }

    /** The pitches that a version plays once its golden piece has been replayed. */
    private static List<Integer> play(ModelRepository repository) throws Exception {
        VersionId id = new VersionId("toy", 1);
        try (LoadedVersion version = LoadedVersion.load(repository.verify(id), DeviceChoice.CPU);
                Player player = version.lease().orElseThrow()) {
            assertThat(player.description().kind()).isEqualTo("toy");
            GenerationOptions options = GenerationOptions.ofSeed(SEED).withLength(new Length.Notes(NOTES));
            NoteMatrix notes = Generator.generate(player, null, options, NoteListener.SILENT, Deadline.NONE)
                    .variations()
                    .get(0)
                    .notes();
            return IntStream.range(0, notes.size()).map(notes::pitch).boxed().toList();
        }
    }

    /** The pitches that a server answers with. */
    private static List<Integer> serve(ModelRepository repository) throws Exception {
        HttpSettings settings =
                new HttpSettings(Listening.anyPort(), HttpLimits.standard(), ClientRules.OPEN, "1.2.3", "4.5.6");
        try (LiveCatalog catalog = LiveCatalog.open(
                        repository, VersionLoader.onnx(DeviceChoice.CPU), CatalogSettings.once("toy"));
                HttpServer server = HttpServer.start(settings, catalog, catalog, Observers.NONE, List.of())) {
            JsonNode models = get(server.url() + "/v1/models");
            assertThat(models.at("/models/0/versions/0/kind").asText())
                    .as(models.toString())
                    .isEqualTo("toy");
            JsonNode piece = get(server.url() + "/v1/generate?seed=" + SEED + "&notes=" + NOTES);
            assertThat(piece.path("model").asText()).isEqualTo("toy@1");
            return piece.findValues("pitch").stream().map(JsonNode::asInt).toList();
        }
    }

    private static JsonNode get(String url) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Accept", "application/json")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
