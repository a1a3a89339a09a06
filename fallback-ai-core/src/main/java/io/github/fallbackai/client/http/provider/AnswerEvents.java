// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.catalogue.EndingWords;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Collects the events of one answer and applies the rules that hold for every provider:
 * when an answer is complete, empty, or refused by a policy. Belongs to that answer; not
 * safe for use by several threads.
 */
public final class AnswerEvents {

	/** A finish reason is a word. */
	private static final int LONGEST_WORD = 64;

	private static final int MOST_NOTES = 1000;

	/** Routers quote parts of web pages in their notes. */
	private static final int LONGEST_NOTES = 1024 * 1024;

	private final ResponseHead head;

	private final WholeCharacters texts = new WholeCharacters();

	private final WholeCharacters thoughts = new WholeCharacters();

	private List<EndpointEvent> events = new ArrayList<>(2);

	private final Set<Annotation> annotations = new HashSet<>();

	/** How many characters of notes there is room for. */
	private int roomForNotes = LONGEST_NOTES;

	private boolean identified;

	private boolean text;

	private boolean refused;

	/** Whether the reasoning that came last may go on. */
	private boolean reasons;

	/** The last finish reason. */
	private EndpointEvent.@Nullable Finished end;

	/** Whether nothing of the answer came after it. */
	private boolean finished;

	/** Why the model stopped, as {@link #finish} was told last. */
	private @Nullable FinishReason told;

	/** White space after the text, which belongs to the answer only if more follows. */
	private final StringBuilder blank = new StringBuilder();

	private final Map<ToolCallParts, ToolCall> delivered = new HashMap<>();

	private final ProviderWork work = new ProviderWork(this::goesOn);

	/**
	 * Starts an answer.
	 * @param head status and headers of the response
	 */
	public AnswerEvents(ResponseHead head) {
		this.head = head;
	}

	/** The events since the last time. */
	public List<EndpointEvent> take() {
		List<EndpointEvent> taken = this.events;
		this.events = new ArrayList<>(2);
		return taken;
	}

	/** Passes on the events since the last time. */
	public void passTo(Consumer<? super EndpointEvent> out) {
		this.events.forEach(out);
		this.events.clear();
	}

	/** Whether the answer seems complete. */
	public boolean finished() {
		return this.finished;
	}

	/** Whether any text came. */
	public boolean hasText() {
		return this.text;
	}

	/**
	 * The id of the answer and the model; only the first non-empty values count.
	 * @param id id of the answer, possibly empty
	 * @param model name of the model, possibly empty
	 */
	public void identify(String id, String model) {
		if (!this.identified && !(id.isEmpty() && model.isEmpty())) {
			this.identified = true;
			this.events.add(new EndpointEvent.Identified(emptyToNull(id), emptyToNull(model)));
		}
	}

	/**
	 * More text.
	 * @param more the text; nothing happens if it is empty
	 */
	public void text(String more) {
		say(this.texts.accept(more));
	}

	private void say(String whole) {
		if (this.finished && whole.isBlank()) {
			this.blank.append(whole);
			return;
		}
		String all = this.blank.isEmpty() ? whole : this.blank + whole;
		this.blank.setLength(0);
		if (!all.isEmpty()) {
			this.work.over();
			this.text = true;
			this.reasons = false;
			goesOn(new EndpointEvent.Text(all));
		}
	}

	/**
	 * More of what the model says instead of an answer.
	 * @param more the text; nothing happens if it is empty
	 */
	public void refusal(String more) {
		if (!more.isEmpty() && !this.refused) {
			this.refused = true;
			this.events.add(new EndpointEvent.RefusalBegan());
		}
		text(more);
	}

	/**
	 * More reasoning.
	 * @param more the text, empty if the provider hides it
	 */
	public void reasoning(String more) {
		// A late signature does not mean that more content follows.
		if (!finished() || !more.isEmpty()) {
			this.work.over();
			this.reasons = true;
			goesOn(new EndpointEvent.Reasoning(this.thoughts.accept(more)));
		}
	}

	/** Whether reasoning came, and nothing else since. */
	public boolean reasons() {
		return this.reasons;
	}

	/**
	 * What came since the last part is a part of its own.
	 * @param rest the part without its text: what else the provider wants back
	 */
	public void endPart(AssistantPart rest) {
		this.reasons = false;
		this.events.add(new EndpointEvent.PartEnded(rest));
	}

	/**
	 * The same for a part that is an answer without a text.
	 * @param rest the part: what else the provider wants back
	 */
	public void endAnswer(AssistantPart rest) {
		this.reasons = false;
		this.text = true;
		this.events.add(new EndpointEvent.PartEnded(rest, true));
	}

	/**
	 * Members of the whole answer that only clients of this API read.
	 * @param remarks the members
	 */
	public void remark(ProviderState remarks) {
		this.events.add(new EndpointEvent.Remarked(remarks));
	}

	/**
	 * Something that only clients of this API read, at its place in the answer.
	 * @param notice what it is
	 * @param progress whether it shows that the model, or a tool of the provider, works
	 */
	public void notice(ProviderState notice, boolean progress) {
		EndpointEvent.Noticed noticed = new EndpointEvent.Noticed(notice, progress);
		if (progress) {
			goesOn(noticed);
		}
		else {
			this.events.add(noticed);
		}
	}

	/**
	 * Members of the whole message that the provider wants back.
	 * @param state the members
	 */
	public void state(ProviderState state) {
		this.events.add(new EndpointEvent.MessageState(state));
	}

	/** What the provider itself works on. */
	public ProviderWork work() {
		return this.work;
	}

	/** More of a tool call. */
	public void toolCallProgress() {
		this.work.over();
		goesOn(new EndpointEvent.ToolCallProgress());
	}

	/** Some servers give every chunk a finish reason. Only the last one is the end. */
	private void goesOn(EndpointEvent progress) {
		this.finished = false;
		this.events.add(progress);
	}

	/**
	 * The provider notes something about the text. A repeated note counts once. Notes
	 * beyond 1,000 or a million characters are left out, because the answer is worth more
	 * than they are.
	 * @param note the note, an object
	 */
	public void annotation(JsonNode note) {
		if (!note.isObject() || this.annotations.size() == MOST_NOTES) {
			return;
		}
		String type = ProviderJson.text(note, "type");
		JsonNode details = note.path(type).isObject() ? note.path(type) : note;
		Annotation annotation = new Annotation(type, emptyToNull(ProviderJson.text(details, "url")),
				emptyToNull(ProviderJson.text(details, "title")), note.toString());
		if (annotation.json().length() <= this.roomForNotes && this.annotations.add(annotation)) {
			this.roomForNotes -= annotation.json().length();
			this.events.add(new EndpointEvent.Annotated(annotation));
		}
	}

	/**
	 * Tokens spent so far.
	 * @param usage the tokens, {@code null} if unknown
	 */
	public void usage(@Nullable Usage usage) {
		if (usage != null) {
			this.events.add(new EndpointEvent.UsageReported(usage));
		}
	}

	/**
	 * The provider says why the model stopped, or nothing yet.
	 * @param raw the provider's word for it, possibly empty
	 * @param calls the tool calls, each of which has to be whole unless the answer was
	 * cut
	 * @throws EndpointException if that is no answer, or if the word means a failure; a
	 * failure is ignored while the answer looks complete
	 */
	public void finish(String raw, Collection<ToolCallParts> calls) {
		if (!EndingWords.given(raw)) {
			return;
		}
		// A longer text is no word, and searching it for words would take long.
		String word = raw.substring(0, Math.min(raw.length(), LONGEST_WORD));
		EndingWords.Ending ending = EndingWords.find(word);
		if (ending.failure() == null) {
			finish(ending.reason(), word, calls);
		}
		else if (!this.finished) {
			throw failed(ending.failure());
		}
	}

	/**
	 * The model stopped. If more of the answer comes, that does not count. If nothing
	 * came since the same was said, nothing happens, because some servers say it with
	 * every chunk.
	 * @param reason why
	 * @param raw the provider's word for it, {@code null} if it gave none
	 * @param calls the tool calls, each of which has to be whole unless the answer was
	 * cut
	 * @throws EndpointException if that is no answer
	 */
	public void finish(FinishReason reason, @Nullable String raw, Collection<ToolCallParts> calls) {
		say(this.texts.rest());
		this.work.over();
		if (this.finished && this.end != null && reason == this.told && Objects.equals(raw, this.end.raw())) {
			return;
		}
		List<ToolCall> whole = calls.isEmpty() ? List.of()
				: calls.stream().map(ToolCallParts::whole).filter(Objects::nonNull).toList();
		boolean cut = reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTER;
		if (whole.size() < calls.size() && !cut) {
			throw failed((raw != null) ? FailureKind.INVALID_RESPONSE : FailureKind.CONNECTION_LOST);
		}
		if (reason == FinishReason.CONTENT_FILTER && !this.text && whole.isEmpty()) {
			throw failed(FailureKind.CONTENT_FILTERED);
		}
		calls.forEach(this::deliver);
		// Some servers end with tool calls but give another reason.
		EndpointEvent.Finished latest = new EndpointEvent.Finished(
				(reason == FinishReason.STOP) ? stopped(whole) : reason, raw);
		if (!this.finished || !latest.equals(this.end)) {
			this.events.add(latest);
		}
		this.end = latest;
		this.told = reason;
		this.finished = true;
	}

	/** A call is delivered once. If it grows after that, it was not complete. */
	private void deliver(ToolCallParts parts) {
		ToolCall call = parts.whole();
		ToolCall before = this.delivered.get(parts);
		if (before != null && (call == null || !before.equals(call.withState(before.state())))) {
			throw failed(FailureKind.INVALID_RESPONSE);
		}
		if (before == null && call != null) {
			this.delivered.put(parts, call);
			this.events.add(new EndpointEvent.ToolCallComplete(call));
		}
	}

	private FinishReason stopped(Collection<ToolCall> calls) {
		if (!calls.isEmpty()) {
			return FinishReason.TOOL_CALLS;
		}
		return this.refused ? FinishReason.REFUSAL : FinishReason.STOP;
	}

	/**
	 * The provider says that the answer ends here, perhaps without a reason, or with more
	 * content after the reason.
	 * @param calls the tool calls
	 * @throws EndpointException if there was no content
	 */
	public void end(Collection<ToolCallParts> calls) {
		if (finished()) {
			return;
		}
		if (!this.text && calls.isEmpty()) {
			throw failed(FailureKind.EMPTY_RESPONSE);
		}
		EndpointEvent.Finished told = this.end;
		if (told != null) {
			finish(told.reason(), told.raw(), calls);
		}
		else {
			finish(FinishReason.STOP, null, calls);
		}
	}

	/**
	 * The response ended. If there was no mark of an end, the answer is truncated, which
	 * is never a success.
	 * @throws EndpointException if the answer is not complete
	 */
	public void requireFinished() {
		if (!finished()) {
			throw failed(FailureKind.CONNECTION_LOST);
		}
	}

	/**
	 * A failure of this response.
	 * @param kind what went wrong
	 * @return the exception to throw
	 */
	public EndpointException failed(FailureKind kind) {
		return new EndpointException(ErrorReport.of(this.head).as(kind));
	}

	private static @Nullable String emptyToNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
