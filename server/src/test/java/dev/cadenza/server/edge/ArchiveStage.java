package dev.cadenza.server.edge;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Lays out what the archive holds in addition to the other jars: the highest version of each model, verified, without
 * what no server reads; ONNX Runtime's classes; and its native libraries as files, so that no start has to unpack them.
 */
public final class ArchiveStage {
    private static final String CLASS = "ai/onnxruntime/OrtEnvironment.class";
    private static final Pattern NATIVE =
            Pattern.compile("ai/onnxruntime/native/(?<platform>[a-z0-9-]+)/(?<file>[^/]+\\.(?:so|dylib|dll))");
    private static final String NATIVES = "ai/onnxruntime/native/";
    private static final String ALL = "all";

    private ArchiveStage() {}

    /**
     * Stages.
     *
     * @param args the folder to fill, which is emptied first; the models folder; the platform, such as {@code
     *     linux-x64}, or {@code all}
     */
    public static void main(String[] args) throws IOException, ModelRefusedException {
        Path stage = Path.of(args[0]);
        empty(stage);
        stageModels(Path.of(args[1]), stage.resolve("models"));
        stageRuntime(onnxRuntime(), stage.resolve("lib"), args[2]);
    }

    /** The highest version of each name; one that is not as its manifest says must not be packed. */
    private static void stageModels(Path models, Path target) throws IOException, ModelRefusedException {
        ModelRepository repository = new ModelRepository(models);
        SortedMap<String, VersionId> highest = new TreeMap<>();
        repository.versions().forEach(id -> highest.put(id.name(), id));
        for (VersionId id : highest.values()) {
            repository.copyForServing(id, target);
        }
        // What was copied is what a server will verify.
        ModelRepository copy = new ModelRepository(target);
        for (VersionId id : highest.values()) {
            copy.verify(id);
        }
    }

    private static Path onnxRuntime() throws IOException {
        URL url = ArchiveStage.class.getClassLoader().getResource(CLASS);
        if (url == null || !url.getProtocol().equals("jar")) {
            throw new IOException("ONNX Runtime's jar is not on the class path");
        }
        String jar = url.getPath();
        return Path.of(URI.create(jar.substring(0, jar.indexOf('!'))));
    }

    /** Libraries of the platform into a folder of its name, all classes into a jar. */
    private static void stageRuntime(Path jar, Path lib, String platform) throws IOException {
        Files.createDirectories(lib);
        boolean found = false;
        Path classes = lib.resolve(String.valueOf(jar.getFileName()));
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(classes);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                Matcher library = NATIVE.matcher(entry.getName());
                if (library.matches()) {
                    if (platform.equals(ALL) || platform.equals(library.group("platform"))) {
                        found = true;
                        Path folder =
                                Files.createDirectories(lib.resolve("native").resolve(library.group("platform")));
                        Path target = folder.resolve(library.group("file"));
                        try (InputStream content = zip.getInputStream(entry)) {
                            Files.copy(content, target);
                        }
                        Files.setLastModifiedTime(target, entry.getLastModifiedTime());
                    }
                } else if (!entry.getName().startsWith(NATIVES)) {
                    copy(zip, entry, out);
                }
            }
        }
        if (!found) {
            throw new IOException("ONNX Runtime has nothing for the platform " + platform + "; it has "
                    + String.join(", ", platforms(jar)) + ", and all is all of them");
        }
    }

    private static void copy(ZipFile zip, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTime(entry.getTime());
        out.putNextEntry(same);
        try (InputStream content = zip.getInputStream(entry)) {
            content.transferTo(out);
        }
        out.closeEntry();
    }

    private static List<String> platforms(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(entry -> NATIVE.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(library -> library.group("platform"))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
