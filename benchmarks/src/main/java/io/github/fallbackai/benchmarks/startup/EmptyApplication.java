// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a web server and the actuator, and nothing of its own. When it has
 * started, it prints how long that took since the process began, in milliseconds. At each
 * line that it reads, it prints the processor time that the process has used, in
 * milliseconds.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyApplication {

	private static final long MILLI = 1_000_000;

	/**
	 * Starts, and ends with its standard input.
	 * @param args arguments of the application
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		new SpringApplicationBuilder(EmptyApplication.class).run(args);
		answers.println(System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
		int input = System.in.read();
		while (input >= 0) {
			if (input == '\n') {
				answers
					.println(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
							/ MILLI);
			}
			input = System.in.read();
		}
		System.exit(0);
	}

}
