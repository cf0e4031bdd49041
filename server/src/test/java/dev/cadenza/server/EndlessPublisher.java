package dev.cadenza.server;

import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A process that publishes the tiny model again and again until it is killed; it says when a version is there. */
public final class EndlessPublisher {
    private EndlessPublisher() {}

    /** The models folder is the only argument. */
    public static void main(String[] args) throws Exception {
        Path tiny = TinyModel.models().resolve(TinyModel.NAME).resolve("1");
        VerifiedVersion good = new ModelRepository(TinyModel.models()).verify(new VersionId(TinyModel.NAME, 1));
        ModelManifest manifest = good.manifest();
        Map<String, byte[]> files = Map.of(
                "model.onnx", Files.readAllBytes(tiny.resolve("model.onnx")),
                "golden.json", Files.readAllBytes(tiny.resolve("golden.json")),
                "MODEL_CARD.md", Files.readAllBytes(tiny.resolve("MODEL_CARD.md")));
        ModelRepository models = new ModelRepository(Path.of(args[0]));
        while (true) {
            System.out.println(models.publish(TinyModel.NAME, manifest, files, staged -> {})
                    .version());
            System.out.flush();
        }
    }
}
