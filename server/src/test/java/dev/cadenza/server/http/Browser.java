package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, and what it asked for and complained of. */
final class Browser implements AutoCloseable {
    /** Where Debian's packages put them. */
    private static final String BROWSER = "/usr/bin/chromium";

    private static final String DRIVER = "/usr/bin/chromedriver";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts one; skips the test where there is none, unless {@code -Pbrowser} wants one.
     *
     * @param downloads folder for what is saved
     */
    static Browser open(int width, int height, Path downloads, String... more) {
        boolean there = Files.isExecutable(Path.of(BROWSER)) && Files.isExecutable(Path.of(DRIVER));
        boolean required = "required".equals(System.getProperty("cadenza.browser"));
        if (!required) {
            Assumptions.assumeTrue(
                    there, "there is no Chromium with its driver here: apt-get install chromium chromium-driver");
        }
        assertThat(there).as("Chromium and its driver").isTrue();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--autoplay-policy=no-user-gesture-required",
                "--window-size=" + width + "," + height);
        options.addArguments(more);
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(DRIVER).toFile())
                .build();
        try {
            return new Browser(new ChromeDriver(service, options));
        } catch (SessionNotCreatedException e) {
            if (required) {
                throw e;
            }
            return Assumptions.abort("Chromium does not start here: " + e.getRawMessage());
        }
    }

    void go(String url) {
        driver.get(url);
    }

    String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    void click(String id) {
        driver.findElement(By.id(id)).click();
    }

    void type(String id, String text) {
        driver.findElement(By.id(id)).sendKeys(text);
    }

    boolean isEnabled(String id) {
        return driver.findElement(By.id(id)).isEnabled();
    }

    /** Strikes a key of the computer's keyboard and lets it go. */
    void strike(String letter) {
        new Actions(driver)
                .keyDown(letter)
                .pause(Duration.ofMillis(80))
                .keyUp(letter)
                .perform();
    }

    /** Moves the focus on as the tabulator key does; the id of what has it then. */
    String tab() {
        strike(Keys.TAB.toString());
        return String.valueOf(value("document.activeElement.id"));
    }

    /** What an expression of JavaScript is. */
    Object value(String expression) {
        Object value = driver.executeScript("return " + expression);
        return value == null ? "" : value;
    }

    /** Waits until it holds. */
    void await(String what, java.util.function.BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(what)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(any -> condition.getAsBoolean());
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** The one file that was saved, once it is whole. */
    Path saved(Path downloads) {
        List<Path> found = new ArrayList<>();
        await("a file is saved", () -> {
            found.clear();
            try (Stream<Path> files = Files.list(downloads)) {
                files.filter(file -> !file.toString().endsWith(".crdownload")).forEach(found::add);
            } catch (IOException e) {
                return false;
            }
            return found.size() == 1;
        });
        return found.get(0);
    }

    /** Addresses that were asked for and do not begin so. */
    List<String> requestsElsewhere(String origin) throws IOException {
        List<String> elsewhere = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
            String url = message.at("/params/request/url").asText();
            if (message.path("method").asText().equals("Network.requestWillBeSent")
                    && !url.startsWith(origin)
                    && !url.startsWith("blob:")
                    && !url.startsWith("data:")) {
                elsewhere.add(url);
            }
        }
        return elsewhere;
    }

    /** What the page complained of. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
