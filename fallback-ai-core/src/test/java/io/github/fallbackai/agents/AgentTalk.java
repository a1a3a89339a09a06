// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.test.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * One random conversation: what the user asks, which tools the model calls with which
 * arguments, and what it says. Every model would do the same, so it can be told whether
 * something got lost on the way from one to another. Only one request of it is under way
 * at a time.
 */
final class AgentTalk {

	private static final Pattern MARK = Pattern.compile("\\b(ask|arg|result|say)-(\\d+)-(\\d+)-(\\d+)-end");

	private static final Pattern NUMBER = Pattern.compile("\\bask-(\\d+)-");

	private static final int MOST_WORDS = 12;

	private final int number;

	private final Random random;

	private final List<Step> steps = new ArrayList<>();

	/** What models gave with a step and want back: the answer that came last. */
	private final Map<Integer, Given> given = new HashMap<>();

	/** What has to go back to its maker from now on. */
	private final Map<Integer, Given> owned = new HashMap<>();

	private final List<String> executed = new ArrayList<>();

	private int current;

	/** How many of the next answers fail. */
	private int failures;

	AgentTalk(int number, Random random) {
		this.number = number;
		this.random = random;
		int turns = 1 + random.nextInt(3);
		for (int turn = 0; turn < turns; turn++) {
			int rounds = random.nextInt(4);
			for (int round = 0; round < rounds; round++) {
				step(turn, 1 + random.nextInt(3), random.nextInt(3) == 0);
			}
			step(turn, 0, true);
		}
	}

	private void step(int turn, int calls, boolean text) {
		int step = this.steps.size();
		StringBuilder said = new StringBuilder();
		if (text) {
			said.append(mark("say", step, 0));
			int words = 1 + this.random.nextInt(MOST_WORDS);
			for (int word = 0; word < words; word++) {
				said.append(" word").append(step).append('x').append(word);
			}
			said.append('.');
		}
		// Models like to put blank lines before calls and at the end.
		if (this.random.nextInt(4) == 0 && (text || calls > 0)) {
			said.append("\n\n");
		}
		this.steps.add(new Step(turn, calls, said.toString(), this.random.nextInt(3) > 0, this.random.nextInt(8) == 0));
	}

	private String mark(String kind, int step, int index) {
		return kind + '-' + this.number + '-' + step + '-' + index + "-end";
	}

	/** The number of the conversation that a request belongs to. */
	static int numberOf(RecordedRequest request) {
		Matcher matcher = NUMBER.matcher(request.body().toString());
		if (!matcher.find()) {
			throw new IllegalArgumentException("no conversation");
		}
		return Integer.parseInt(matcher.group(1));
	}

	int size() {
		return this.steps.size();
	}

	Random random() {
		return this.random;
	}

	ChatRequest begin() {
		return ChatRequest.builder()
			.system("Be brief.")
			.user(question(0))
			.tool(new ToolDefinition("look", "Looks something up.", "{\"type\":\"object\"}"))
			.tool(new ToolDefinition("note", "Notes something.", "{\"type\":\"object\"}"))
			.build();
	}

	private String question(int turn) {
		return "Question " + mark("ask", turn, 0);
	}

	/** The step that comes next is asked for. */
	void ask(int failures) {
		this.failures = failures;
	}

	/** Whether the answer that is due now shall fail. */
	boolean fails() {
		return this.failures-- > 0;
	}

	/** The step that the model has to do. */
	Step step() {
		return this.steps.get(this.current);
	}

	String thought() {
		return step().thinks() ? "Thought " + this.number + " of step " + this.current + "." : "";
	}

	/** The arguments of the calls of the step. */
	List<String> arguments() {
		List<String> arguments = new ArrayList<>();
		for (int index = 0; index < step().calls(); index++) {
			arguments.add("{\"key\":\"" + mark("arg", this.current, index) + "\",\"n\":" + index + "}");
		}
		return arguments;
	}

	void gives(String model, String state) {
		this.given.put(this.current, new Given(model, state));
	}

	/**
	 * Finds out whether a request holds everything that belongs to it, in order.
	 * @return what is wrong, {@code null} if nothing is
	 */
	@Nullable String fault(String model, String body) {
		List<String> expected = new ArrayList<>();
		int turn = -1;
		for (int index = 0; index <= this.current; index++) {
			Step step = this.steps.get(index);
			if (step.turn() != turn) {
				turn = step.turn();
				expected.add(mark("ask", turn, 0));
			}
			if (index < this.current) {
				if (!step.text().isBlank()) {
					expected.add(mark("say", index, 0));
				}
				add(expected, "arg", index);
				if (!step.silent()) {
					add(expected, "result", index);
				}
			}
		}
		List<String> found = new ArrayList<>();
		Matcher matcher = MARK.matcher(body);
		while (matcher.find()) {
			found.add(matcher.group());
		}
		// A part of this answer, which is to be continued.
		found.remove(mark("say", this.current, 0));
		if (!found.equals(expected)) {
			return "conversation " + this.number + " at " + model + ": " + found + " instead of " + expected;
		}
		for (Given own : this.owned.values()) {
			if (own.model().equals(model) != body.contains(own.state())) {
				return "conversation " + this.number + " at " + model + ": " + own + " was not expected like this in "
						+ body;
			}
		}
		return null;
	}

	private void add(List<String> marks, String kind, int step) {
		for (int index = 0; index < this.steps.get(step).calls(); index++) {
			marks.add(mark(kind, step, index));
		}
	}

	/** Executes the tools, and says what comes next, {@code null} if that was all. */
	@Nullable ChatRequest next(ChatRequest request, ChatResponse response) {
		Given given = this.given.get(this.current);
		List<Attempt> attempts = response.attempts();
		boolean whole = attempts.subList(0, attempts.size() - 1)
			.stream()
			.allMatch((attempt) -> attempt.timeToFirstContent() == null);
		if (given != null && !given.state().isEmpty() && whole) {
			this.owned.put(this.current, given);
		}
		List<ToolResultMessage> results = new ArrayList<>();
		for (ToolCall call : response.toolCalls()) {
			Matcher argument = MARK.matcher(call.arguments());
			if (!argument.find()) {
				throw new AssertionError("no argument");
			}
			this.executed.add(argument.group());
			String result = mark("result", Integer.parseInt(argument.group(3)), Integer.parseInt(argument.group(4)));
			String wrapped = this.random.nextBoolean() ? result : "{\"a\":\"" + result + "\"}";
			results.add(new ToolResultMessage(call.id(), step().silent() ? "" : wrapped));
		}
		Collections.shuffle(results, this.random);
		this.current++;
		if (this.current == this.steps.size()) {
			return null;
		}
		ChatRequest next = request.continueWith(response, results);
		boolean turnEnds = step().turn() != this.steps.get(this.current - 1).turn();
		return turnEnds ? next.toBuilder().user(question(step().turn())).build() : next;
	}

	/** The tools that were executed, by their arguments. */
	List<String> executed() {
		return this.executed;
	}

	/** The tools that have to be executed until a step is done. */
	List<String> toExecute(int steps) {
		List<String> marks = new ArrayList<>();
		for (int step = 0; step < steps; step++) {
			add(marks, "arg", step);
		}
		return marks;
	}

	/**
	 * One answer of the model.
	 *
	 * @param turn the question that it belongs to
	 * @param calls how many tools it calls
	 * @param text what it says
	 * @param thinks whether it thinks, if the model does
	 * @param silent whether the tools return nothing
	 */
	record Step(int turn, int calls, String text, boolean thinks, boolean silent) {

	}

	/**
	 * What a model wants back.
	 *
	 * @param model the model
	 * @param state a text that has to be in its requests, and in no others
	 */
	record Given(String model, String state) {

	}

}
