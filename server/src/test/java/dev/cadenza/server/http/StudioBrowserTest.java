package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.server.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The studio as a user sees it in a browser. Pictures of it are left in target/studio. */
class StudioBrowserTest {
    private static final MidiReadOptions READ = new MidiReadOptions(false, MidiLimits.PROMPT);
    private static final Path PICTURES = Path.of("target", "studio");

    @TempDir
    private Path folder;

    private Path models = Path.of("");
    private static final String VARIATIONS = "String(document.querySelectorAll('#variations [role=radio]').length)";
    private static final String FOCUS_IS_SEEN =
            "String(parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2)";
    private static final String NAMELESS = """
            [...document.querySelectorAll('button, input, select, canvas')]
              .filter(e => !(e.ariaLabel || e.textContent.trim() || [...(e.labels || [])].some(l => l.textContent.trim())))
              .map(e => e.id || e.name || e.tagName).join(' ')""";
    private static final String CONTRAST = """
            (() => {
              const parts = (c) => (c.match(/[0-9.]+/g) || []).map(Number);
              const light = (c) => { const v = parts(c).slice(0, 3).map(x => x / 255)
                .map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
              const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
                if (parts(c).length === 3 || parts(c)[3] === 1) return c; } return 'rgb(255, 255, 255)'; };
              const poor = [];
              for (const e of document.querySelectorAll('body *')) {
                const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                if (!own || e.disabled || !e.checkVisibility()) continue;
                const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
                const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (ratio < 4.5) poor.push(`${e.id || e.tagName}: ${ratio.toFixed(2)}`);
              }
              return poor.join(', ');
            })()""";

    private Path downloads = Path.of("");
    private LiveServer live;

    @BeforeEach
    void start() throws Exception {
        models = Files.createDirectories(folder.resolve("models"));
        downloads = Files.createDirectories(folder.resolve("downloads"));
        TinyModel.copyTo(models, "piano", 1);
        live = new LiveServer(models, Duration.ofMillis(50), Optional.empty(), RunningServer.limits(16, 64));
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private String origin() {
        return "http://127.0.0.1:" + live.server.port();
    }

    private static void awaitFinished(Browser browser) {
        browser.await("the piece is whole", () -> browser.isEnabled("midi"));
    }

    private Score save(Browser browser) throws Exception {
        browser.click("midi");
        Path file = browser.saved(downloads);
        Score score = MidiFiles.read(file, READ);
        Files.delete(file);
        return score;
    }

    @Test
    void pressingPlayBringsNotesAndALinkBringsThemAgain() throws Exception {
        String link;
        Score first;
        try (Browser browser = Browser.open(1280, 900, downloads)) {
            browser.go(origin() + "/?seed=7&notes=120");
            browser.click("play");
            browser.await("it sounds", () -> browser.text("play").equals("Pause"));
            awaitFinished(browser);
            browser.await("the playhead moves", () -> !browser.text("clock").startsWith("0:00"));
            browser.screenshot(PICTURES.resolve("wide.png"));
            browser.click("play");
            assertThat(browser.text("play")).isEqualTo("Play");
            assertThat(browser.text("status")).contains("piano@1").contains("notes per second");
            first = save(browser);
            assertThat(first.notes()).hasSize(120);
            browser.click("wav");
            Path wav = browser.saved(downloads);
            try (AudioInputStream sound = AudioSystem.getAudioInputStream(wav.toFile())) {
                assertThat(sound.getFrameLength() / sound.getFormat().getFrameRate() * 1e6)
                        .isBetween((double) first.durationMicros(), first.durationMicros() + 3e6);
            }
            Files.delete(wav);
            link = browser.url();
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requestsElsewhere(origin())).isEmpty();
        }
        try (Browser browser = Browser.open(420, 900, downloads, "--force-dark-mode")) {
            browser.go(link);
            browser.click("play");
            awaitFinished(browser);
            browser.screenshot(PICTURES.resolve("narrow.png"));
            assertThat(save(browser).notes()).isEqualTo(first.notes());
        }
    }

    @Test
    void aFileIsContinuedAndSeekingMovesThePlayhead() throws Exception {
        Path prompt = folder.resolve("prompt.mid");
        Files.write(prompt, live.get("/v1/generate?seed=3&notes=30").body());
        try (Browser browser = Browser.open(1280, 900, downloads)) {
            browser.go(origin() + "/?seed=7&notes=40");
            browser.type("file", prompt.toString());
            browser.await("the file is read", () -> browser.text("prompt-state").equals("30 notes to begin with"));
            browser.click("play");
            awaitFinished(browser);
            browser.click("play");
            assertThat(save(browser).notes()).hasSize(70);
            browser.value("document.getElementById('roll').dispatchEvent(new KeyboardEvent('keydown', {key: 'End'}))");
            String[] clock = browser.text("clock").split(" / ", -1);
            assertThat(clock[0]).isEqualTo(clock[1]).isNotEqualTo("0:00");
            browser.click("clear");
            browser.click("undo");
            assertThat(browser.text("prompt-state")).isEqualTo("30 notes to begin with");
            Path broken = Files.writeString(folder.resolve("broken.mid"), "<script>alert(1)</script>");
            browser.type("file", broken.toString());
            browser.await("it is said", () -> browser.text("problem").contains("not a MIDI file"));
        }
    }

    /** Text on what is behind it, in both schemes: 4.5 to 1, as WCAG 2.2 has it in 1.4.3. */
    @ParameterizedTest
    @ValueSource(strings = {"--enable-features=none", "--force-dark-mode"})
    void everyTextCanBeReadAndEveryControlHasAName(String scheme) throws Exception {
        try (Browser browser = Browser.open(1280, 900, downloads, scheme)) {
            browser.go(origin() + "/?seed=7&notes=20&n=2");
            browser.click("play");
            awaitFinished(browser);
            assertThat(browser.value(CONTRAST)).isEqualTo("");
            assertThat(browser.value(NAMELESS)).isEqualTo("");
        }
    }

    @Test
    void aPromptsTempoAndKeyAreKept() throws Exception {
        int[] scale = {66, 69, 73, 71, 69, 68, 66, 65, 66, 74, 73, 61, 66};
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < scale.length; i++) {
            notes.add(new Note(0, scale[i], 80, 240L * i, 230));
        }
        Path file = folder.resolve("minor.mid");
        Files.write(file, MidiFiles.write(Score.of(TempoMap.constant(480, 1_000_000), notes)));
        try (Browser browser = Browser.open(1280, 900, downloads)) {
            browser.go(origin() + "/?seed=7&notes=40");
            browser.await("the models are known", () -> browser.text("status").contains("piano@1"));
            browser.type("file", file.toString());
            browser.await("the file is read", () -> browser.text("prompt-state").startsWith("13 notes"));
            assertThat(browser.value("document.forms[0].elements.key.value")).isEqualTo("F# minor");
            assertThat(browser.value("document.forms[0].elements.tempo.value")).isEqualTo("60");
            assertThat(browser.url()).contains("key=F%23+minor").contains("tempo=60");
        }
    }

    @Test
    void theKeyboardAloneIsEnough() throws Exception {
        try (Browser browser = Browser.open(1280, 900, downloads)) {
            browser.go(origin() + "/?seed=7&notes=60&n=2");
            browser.await("the models are known", () -> browser.text("status").contains("piano@1"));
            assertThat(browser.tab()).isEqualTo("play");
            browser.strike(Keys.ENTER.toString());
            awaitFinished(browser);
            browser.await("two variations", () -> browser.value(VARIATIONS).equals("2"));
            List<String> order = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                order.add(browser.tab());
            }
            assertThat(order).contains("another", "continue", "loop", "midi", "wav", "link", "roll");
            assertThat(browser.value(FOCUS_IS_SEEN)).isEqualTo("true");
            browser.click("loop");
            browser.strike("n");
            browser.await("another seed", () -> !browser.url().contains("seed=7&"));
        }
    }

    @Test
    void aDuetAnswersAfterAPauseAndIsSavedInTwoTracks() throws Exception {
        try (Browser browser = Browser.open(1280, 900, downloads)) {
            browser.go(origin() + "/?seed=7");
            browser.await("the models are known", () -> browser.text("status").contains("piano@1"));
            browser.click("duet");
            for (String letter : List.of("a", "s", "d", "f", "g")) {
                browser.strike(letter);
            }
            browser.await("it answers", () -> browser.text("prompt-state").startsWith("The model answers"));
            browser.strike("k");
            assertThat(browser.text("prompt-state")).startsWith("Listening");
            browser.await("it answers again", () -> browser.text("prompt-state").startsWith("The model answers"));
            browser.screenshot(PICTURES.resolve("duet.png"));
            browser.click("duet");
            browser.click("midi");
            Path saved = browser.saved(downloads);
            byte[] file = Files.readAllBytes(saved);
            Score score = MidiFiles.read(saved, READ);
            assertThat(score.notes()).hasSizeGreaterThan(6);
            assertThat(score.notes().stream().filter(note -> note.velocity() == 80))
                    .hasSizeGreaterThanOrEqualTo(6);
            assertThat(file[11]).as("tempo, you, the model").isEqualTo((byte) 3);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aSwapIsShownAndAServerThatComesBackPlaysOn() throws Exception {
        try (Browser browser = Browser.open(1280, 900, downloads)) {
            browser.go(origin() + "/?seed=7&notes=20");
            browser.click("play");
            awaitFinished(browser);
            TinyModel.variantTo(models, "piano", 2, 100);
            browser.await(
                    "the new version is shown", () -> browser.text("status").contains("piano@2"));
            browser.click("another");
            browser.await("it plays", () -> browser.text("status").startsWith("piano@2"));
            int port = live.server.port();
            live.close();
            browser.click("another");
            browser.await("it is said", () -> browser.text("problem").contains("cannot be reached"));
            try (LiveServer back = LiveServer.again(models, RunningServer.limits(16, 64), port)) {
                assertThat(back.server.port()).isEqualTo(port);
                browser.click("play");
                awaitFinished(browser);
                browser.await("it plays again", () -> browser.text("play").equals("Pause"));
                assertThat(browser.text("problem")).isEmpty();
            }
        }
    }
}
