package dev.cadenza.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveStageTest {
    @TempDir
    private Path folder;

    private Path stage(String platform) throws Exception {
        Path stage = folder.resolve("stage");
        ArchiveStage.main(
                new String[] {stage.toString(), folder.resolve("models").toString(), platform});
        return stage;
    }

    private static List<String> files(Path stage) throws IOException {
        try (Stream<Path> all = Files.walk(stage)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> stage.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void holdsTheHighestVersionsAndOnePlatformsLibrariesOnce() throws Exception {
        Path models = folder.resolve("models");
        TinyModel.copyTo(models, "piano", 2);
        TinyModel.copyTo(models, "piano", 10);
        TinyModel.copyTo(models, "organ", 1);
        Files.writeString(folder.resolve("models/piano/10/.hidden"), "not the model's");
        Path stage = stage("linux-x64");
        List<String> staged = files(stage);
        assertThat(staged)
                .contains("models/piano/10/model.onnx", "models/piano/10/manifest.json", "models/organ/1/golden.json")
                .contains("lib/native/linux-x64/libonnxruntime.so")
                .contains("lib/native/linux-x64/libonnxruntime4j_jni.so")
                .noneMatch(name -> name.startsWith("models/piano/2/") || name.contains("hidden"))
                .noneMatch(name -> name.contains("win-x64") || name.contains("osx"));
        String jar = staged.stream()
                .filter(name -> name.endsWith(".jar"))
                .findFirst()
                .orElseThrow();
        try (ZipFile zip = new ZipFile(stage.resolve(jar).toFile())) {
            assertThat(zip.getEntry("ai/onnxruntime/OrtSession.class")).isNotNull();
            assertThat(zip.stream().map(java.util.zip.ZipEntry::getName)).noneMatch(name -> name.endsWith(".so"));
        }
        assertThat(files(stage("win-x64"))).noneMatch(name -> name.contains("linux-x64"));
        assertThat(files(stage("all"))).anyMatch(name -> name.contains("native/win-x64/onnxruntime.dll"));
    }

    @Test
    void leavesOutTheCheckpointThatNoServerReads() throws Exception {
        Path version = TinyModel.copyTo(folder.resolve("models"), "piano", 1);
        TinyModel.replace(version, "checkpoint.zip", new byte[100_000]);
        Path stage = stage("linux-x64");
        assertThat(files(stage))
                .contains("models/piano/1/model.onnx", "models/piano/1/manifest.json")
                .noneMatch(name -> name.contains("checkpoint"));
        VersionId id = new VersionId("piano", 1);
        VerifiedVersion packed = new ModelRepository(stage.resolve("models")).verify(id);
        VerifiedVersion whole = new ModelRepository(folder.resolve("models")).verify(id);
        assertThat(whole.manifest().files()).containsKey("checkpoint.zip");
        assertThat(packed.manifest().files().keySet()).isEqualTo(Set.of("MODEL_CARD.md", "golden.json", "model.onnx"));
        assertThat(packed.sha256()).isEqualTo(whole.sha256());
        assertThat(packed.manifest().withFiles(whole.manifest().files())).isEqualTo(whole.manifest());
    }

    @Test
    void packsNothingThatWouldBeRefused() throws Exception {
        Files.delete(TinyModel.copyTo(folder.resolve("models"), "piano", 1).resolve("golden.json"));
        assertThatThrownBy(() -> stage("all"))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("golden.json is missing");
    }

    @Test
    void saysWhichPlatformsThereAre() {
        TinyModel.copyTo(folder.resolve("models"), "piano", 1);
        assertThatThrownBy(() -> stage("linux-riscv"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("linux-riscv")
                .hasMessageContaining("linux-x64");
    }
}
