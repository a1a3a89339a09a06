// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.autoconfigure.boot3.FallbackAiBoot3AutoConfiguration;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.status.EndpointStatus;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A small application in a process of its own that does what it reads and tells what
 * happens, a line for each. Ends when its parent is gone.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ RedisAutoConfiguration.class, FallbackAiAutoConfiguration.class,
		FallbackAiBoot3AutoConfiguration.class })
public class ClusterInstance {

	static final String SIGN = "> ";

	private static final PrintStream ANSWERS = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	/** A system property: tell of every call that blocks a thread which must not. */
	static final String WATCH_BLOCKING = "watch-blocking";

	/**
	 * Starts the application.
	 * @param args properties
	 * @throws IOException if nothing can be read
	 */
	public static void main(String[] args) throws IOException {
		if (Boolean.getBoolean(WATCH_BLOCKING)) {
			watchBlocking();
		}
		ConfigurableApplicationContext context = new SpringApplicationBuilder(ClusterInstance.class)
			.web(WebApplicationType.NONE)
			.run(args);
		tell("ready");
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			obey(context, line.split(" "));
		}
		Runtime.getRuntime().halt(0);
	}

	private static void obey(ConfigurableApplicationContext context, String[] words) {
		AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
		switch (words[0]) {
			case "call" -> template.chain(words[2])
				.chat("What is the answer to question " + words[1] + "?")
				.subscribe((answer) -> tell("answer " + words[1] + ' ' + answer.endpoint()),
						(error) -> tell("error " + words[1] + ' ' + error.getClass().getSimpleName()));
			case "status" -> tell(status(template.status().endpoint(words[1]).orElseThrow()));
			case "store" -> tell("store " + context.getBean(BreakerStateStore.class).reachable());
			case "reset" -> context.getBean(EndpointControl.class)
				.reset(words[1])
				.subscribe((scope) -> tell("reset " + words[1] + ' ' + scope));
			default -> throw new IllegalArgumentException(words[0]);
		}
	}

	private static String status(EndpointStatus status) {
		return "status " + status.name() + ' ' + status.circuitBreaker() + ' ' + status.skipReason();
	}

	@Bean
	ImmediateCallListener teller() {
		return (event) -> {
			if (event instanceof FailoverEvent.OfEndpoint change) {
				Instant now = Instant.now();
				Duration length = (event instanceof FailoverEvent.EndpointOpened opened) ? opened.openFor()
						: Duration.ZERO;
				tell("event " + change.getClass().getSimpleName() + ' ' + change.endpoint() + ' ' + micros(now) + ' '
						+ micros(now.plus(length)) + ' ' + change.origin());
			}
		};
	}

	private static long micros(Instant instant) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
	}

	private static synchronized void tell(String line) {
		ANSWERS.println(SIGN + line);
	}

	/**
	 * A breaker judges one outcome after the other, and a listener's queue takes one
	 * event after the other, under locks that are held for microseconds and never while
	 * anything is awaited; a thread that finds one taken may be parked. Everything else
	 * is told.
	 */
	private static void watchBlocking() {
		String breaker = "io.github.fallbackai.breaker.EndpointBreaker";
		BlockHound.install((builder) -> builder.allowBlockingCallsInside(breaker, "tryEnter")
			.allowBlockingCallsInside(breaker, "locked")
			.allowBlockingCallsInside("java.util.concurrent.ArrayBlockingQueue", "offer")
			.allowBlockingCallsInside(ClusterInstance.class.getName(), "tell")
			.allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
			.blockingMethodCallback((method) -> {
				StackTraceElement[] stack = new Throwable().getStackTrace();
				StringBuilder trace = new StringBuilder("blocked " + method);
				for (int i = 0; i < Math.min(stack.length, 30); i++) {
					trace.append(" < ").append(stack[i]);
				}
				tell(trace.toString());
			}));
		proveToWatch();
	}

	/** A watch that sees nothing would never tell of anything. */
	private static void proveToWatch() {
		Mono.fromCallable(() -> {
			TimeUnit.MILLISECONDS.sleep(1);
			return true;
		}).subscribeOn(Schedulers.parallel()).block();
	}

}
