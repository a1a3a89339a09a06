// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Counts warnings and errors in the log.
 */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final int LONGEST = 110;

	private static final int MOST_LINES = 200;

	/** Numbers, and the names that Reactor Netty gives to connections. */
	private static final Pattern NUMBERS = Pattern.compile("^\\[[^\\]]*\\]|[0-9]+");

	private final Map<String, LongAdder> lines = new ConcurrentHashMap<>();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Logger ours = (Logger) LoggerFactory.getLogger(LogWatch.class.getPackageName());

	private final Findings findings;

	/** What fails on purpose is no news: only what the soak itself says is shown. */
	LogWatch(Findings findings) {
		this.findings = findings;
		start();
		List<Appender<ILoggingEvent>> consoles = new ArrayList<>();
		this.root.iteratorForAppenders().forEachRemaining(consoles::add);
		consoles.forEach(this.ours::addAppender);
		consoles.forEach(this.root::detachAppender);
		this.ours.setAdditive(false);
		this.root.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
			return;
		}
		String message = NUMBERS.matcher(event.getMessage()).replaceAll("#");
		String line = event.getLevel() + " " + event.getLoggerName() + ": "
				+ message.substring(0, Math.min(LONGEST, message.length())).replace('\n', ' ');
		if (this.lines.size() < MOST_LINES || this.lines.containsKey(line)) {
			this.lines.computeIfAbsent(line, (key) -> new LongAdder()).increment();
		}
		if (isFinding(event)) {
			this.findings.add("logged: " + event.getLevel() + ' ' + event.getLoggerName() + ": "
					+ event.getFormattedMessage() + stack(event.getThrowableProxy()));
		}
	}

	/** What is lost on the way, or was not released, is the library's fault. */
	private static boolean isFinding(ILoggingEvent event) {
		String message = event.getFormattedMessage();
		return message.contains("LEAK") || message.contains("Dropped")
				|| event.getThrowableProxy() != null && event.getLoggerName().startsWith("io.github.fallbackai");
	}

	private static String stack(IThrowableProxy thrown) {
		if (thrown == null) {
			return "";
		}
		StringBuilder stack = new StringBuilder(" ").append(thrown.getClassName())
			.append(": ")
			.append(thrown.getMessage());
		for (int frame = 0; frame < Math.min(15, thrown.getStackTraceElementProxyArray().length); frame++) {
			stack.append(" < ").append(thrown.getStackTraceElementProxyArray()[frame].getSTEAsString());
		}
		return stack.toString();
	}

	Map<String, LongAdder> lines() {
		return new TreeMap<>(this.lines);
	}

	@Override
	public void close() {
		this.root.detachAppender(this);
	}

}
