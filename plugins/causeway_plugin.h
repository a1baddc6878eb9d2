/*
 * The Causeway plugin contract, ABI 1.0. This one C11 header is everything that an adapter and the host share.
 *
 * An adapter teaches the host one system: which message types it speaks, which mappings turn them into the canonical
 * case, and the few things that files cannot say. It is a shared library that exports one constant, `causeway_adapter`.
 * The host does all parsing, mapping, input and output, retries and audit. An adapter never sees a document: it is
 * given named texts and hands named texts back.
 *
 * Rules that hold for everything below
 *  - Bytes only cross. No exceptions, no C++ library types, no ownership of memory, no setjmp/longjmp.
 *  - Text is UTF-8, is not NUL-terminated, and may be empty.
 *  - Whoever makes a text owns it. A text given to a function is valid until that function returns, no longer: copy
 *    what must be kept. A text in the table is valid until the process ends (the library is never unloaded).
 *  - Calls on one instance never overlap, but may come from different threads one after the other: keep no thread-local
 *    state. The host makes one instance for each call that runs at the same time, so instances share no mutable state.
 *  - An adapter is pure: no files, sockets, threads, processes, clock, environment, locale or signal handlers, and no
 *    change of global state of any library. The same settings and fields give the same answer.
 *  - No text handed to `error` or to the log may hold a value of a message, only names of fields and what was expected.
 *
 * Versions
 *  - The host loads an adapter whose abi_major equals its own, whatever its abi_minor.
 *  - A new minor only appends members to the end of cw_adapter and cw_host. `size` tells how much of the structure the
 *    other side knows: never read a member of cw_host that starts at or beyond cw_host.size; the host treats members
 *    that are missing from a shorter cw_adapter as null.
 *  - cw_str, cw_field, cw_fields, cw_sink, cw_field_sink and cw_setting never change within a major.
 */
#ifndef CAUSEWAY_PLUGIN_H
#define CAUSEWAY_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this contract. Put both into the table; the host compares them with its own. */
#define CW_ABI_MAJOR 1u
#define CW_ABI_MINOR 0u

/* Limits that the host enforces. Passing one makes the call count as CW_BROKEN, except for the text of errors and logs,
 * which is cut. Sizes in bytes. */
#define CW_MAX_OUTPUT_FIELDS 1024u          /* fields handed back by one call */
#define CW_MAX_OUTPUT_BYTES (1024u * 1024u) /* names and values handed back by one call, together */
#define CW_MAX_NAME_BYTES 256u              /* name of one field handed back */
#define CW_MAX_TEXT_BYTES 500u              /* one error text or log line */
#define CW_MAX_LOG_LINES 20u                /* log lines of one call; more are dropped */
#define CW_MAX_DECLARATIONS 256u            /* settings, message types and converters, each */

/* A borrowed text. `data` may be null only when `size` is 0. */
typedef struct cw_str {
  const char* data; /* owned by whoever made it; see the lifetime rule above */
  size_t size;      /* bytes */
} cw_str;

/* A cw_str of a string literal, for static tables in C: .name = CW_STR("courts") */
#define CW_STR(literal) {(literal), sizeof(literal) - 1}

/* One named text. Names are letters, digits, '_', '-' and '.', such as "retry_after_seconds" or "reply.status". */
typedef struct cw_field {
  cw_str name;
  cw_str value;
} cw_field;

/* Fields given to an adapter. Order is that of the document or of the configuration; a name may occur more than once.
 * Ignore names that you do not know: a newer host may give more. */
typedef struct cw_fields {
  const cw_field* items; /* owned by the host, valid during the call; null when count is 0 */
  size_t count;
} cw_fields;

/* Where a text is handed to the host. Call `put` at most once a call; a second text replaces the first. The host copies
 * the bytes before `put` returns. `put` never fails and never throws. Valid during the call it was given to, no
 * longer. */
typedef struct cw_sink {
  void* ctx; /* owned by the host; pass it on unchanged */
  void (*put)(void* ctx, cw_str text);
} cw_sink;

/* Where fields are handed to the host. Call `put` once for each field; a name put twice gives two fields. The host
 * copies name and value before `put` returns. `put` never fails and never throws. Valid during the call it was given
 * to, no longer. */
typedef struct cw_field_sink {
  void* ctx; /* owned by the host; pass it on unchanged */
  void (*put)(void* ctx, cw_str name, cw_str value);
} cw_field_sink;

/* How a call ended. The host, not the adapter, acts on it. Any other number counts as CW_BROKEN. */
typedef int32_t cw_status;
enum {
  /* Done; what was put is the answer. */
  CW_OK = 0,
  /* The input breaks a rule of this system: the message is quarantined and its sender told. Put an error. */
  CW_REJECTED = 1,
  /* Cannot answer now (only create may have a reason to): the host tries again later. Put an error. */
  CW_RETRY = 2,
  /* A fault of the adapter: the message is held, an alarm raised, the instance destroyed. Put an error. */
  CW_BROKEN = 3
};

/* Level of a log line. */
enum { CW_LOG_DEBUG = 0, CW_LOG_INFO = 1, CW_LOG_WARNING = 2 };

/* What the host offers. Owned by the host; the pointer given to `create` stays valid until `destroy` of that instance
 * returns, so an instance may keep it. */
typedef struct cw_host {
  uint32_t size;      /* bytes of this structure that the host knows; first member for ever */
  uint32_t abi_major; /* of the host */
  uint32_t abi_minor; /* of the host */
  uint32_t reserved;  /* 0 */
  void* ctx;          /* owned by the host; pass it to the functions below unchanged */
  /* Writes one line to the host's log under the adapter's name. Call it only while a call of this instance runs, from
   * the thread that runs it. Never fails. The host copies `line`, cuts it at CW_MAX_TEXT_BYTES and blanks any value of
   * the running call that it finds in it; do not rely on that last net. `level` is one of CW_LOG_*. */
  void (*log)(void* ctx, int32_t level, cw_str line);
} cw_host;

/* Types of a setting's value. */
enum {
  CW_SETTING_TEXT = 0,
  CW_SETTING_NUMBER = 1, /* whole decimal number, optional '-', fits 64 bits */
  CW_SETTING_FLAG = 2,   /* "true" or "false" */
  CW_SETTING_CHOICE = 3  /* one of `choices` */
};

/* A setting that an installation may give in its configuration. The host checks the configuration against this table,
 * so that `create` sees only declared names and values of the right type. */
typedef struct cw_setting {
  cw_str name;          /* lower case letters, digits, '_'; starts with a letter; unique in the table */
  cw_str description;   /* one plain English sentence, shown by `causeway` and in the documentation; not empty */
  cw_str default_value; /* used when not given; of the right type; must be empty when `required` */
  cw_str choices;       /* for CW_SETTING_CHOICE: the allowed words separated by '|'; empty otherwise */
  uint32_t type;        /* one of CW_SETTING_* */
  uint32_t required;    /* 1: an installation must give it. 0: an empty default_value means "not set" */
  uint32_t sensitive;   /* 1: never shown in errors, logs, or the console */
  uint32_t reserved;    /* 0 */
} cw_setting;

/* What an adapter can do. The bits in the table, the hooks that are not null and the list in the signed manifest must
 * say the same, so that whoever signs an adapter decides what it takes part in. */
enum {
  CW_CAN_IDENTIFY = 1,       /* "identify" in the manifest */
  CW_CAN_WRAP = 2,           /* "wrap" */
  CW_CAN_CLASSIFY_REPLY = 4, /* "classify_reply" */
  CW_CAN_CONVERT = 8         /* "convert" */
};

/* A hook that is given fields and answers with fields.
 *   self    what `create` made; only the adapter knows what it points to
 *   fields  the input, valid during the call
 *   out     where the answer goes; what was put counts only when the hook returns CW_OK
 *   error   one plain English text that says what is wrong, when the hook does not return CW_OK */
typedef cw_status (*cw_hook)(void* self, cw_fields fields, cw_field_sink out, cw_sink error);

/* The adapter. All pointers are owned by the adapter, constant, and valid until the process ends. */
typedef struct cw_adapter {
  uint32_t size;         /* sizeof(cw_adapter) when the adapter was built; first member for ever */
  uint32_t abi_major;    /* CW_ABI_MAJOR when the adapter was built; second member for ever */
  uint32_t abi_minor;    /* CW_ABI_MINOR when the adapter was built; third member for ever */
  uint32_t capabilities; /* CW_CAN_* of the hooks below that are not null */

  cw_str name;     /* "courts": lower case letters, digits, '_' and '-', starts with a letter, at most 40 bytes */
  cw_str version;  /* of the adapter: two to four numbers with dots, such as "1.4.0" */
  cw_str mappings; /* name of a folder beside the library that holds its mappings; letters, digits, '_' and '-';
                      empty when it brings none */

  const cw_setting* settings; /* null when setting_count is 0 */
  size_t setting_count;
  /* What `identify` may answer and the adapter's mappings speak; null when there are none. */
  const cw_str* message_types;
  size_t message_type_count;
  /* Each the adapter's name, a dot and a word: "courts.local_time"; null when there are none. */
  const cw_str* converters;
  size_t converter_count;

  /* Makes an instance. Required.
   *   host      see cw_host
   *   settings  every declared setting, in the order of the table, with its value or default (empty: not set)
   *   error     what is wrong, when it does not return CW_OK; name the setting
   *   self      out: the instance, owned by the adapter; may be left null when there is no state. Untouched on failure.
   * An adapter that returns anything but CW_OK does not start, and the host says why. */
  cw_status (*create)(const cw_host* host, cw_fields settings, cw_sink error, void** self);

  /* Ends an instance that `create` made; nothing is called on it afterwards. Required. Never fails. */
  void (*destroy)(void* self);

  /* Says which message type an incoming document is, where its root cannot tell: asked when mappings of several types
   * fit it. May be null.
   * Given, as far as known: root (name of the root element or empty), root_namespace, sender (partner id),
   * envelope.<name> for the fields that envelope files name, and document.<name> for attributes of the root or, in
   * JSON, values at the top of the document and in its objects (a/b).
   * Answers: message_type, one of message_types; nothing or empty when it cannot say, then the first mapping that fits
   * is taken. A type that no fitting mapping makes refuses the document; so does CW_REJECTED, in the sender's own
   * protocol. An adapter that breaks makes the host ask the sender to come again. */
  cw_hook identify;

  /* Adds or replaces fields of the envelope of an outgoing message. May be null.
   * Given: message_type, delivery_id, recipient (partner id), created_at (RFC 3339, Z), and the envelope's fields so
   * far.
   * Answers: only the fields that it adds or replaces; the others stay. A mapping writes them as $envelope.<name>, but
   * header.<Name> becomes a header of the request, and path.<name> the identifier that stands in its path at {wrap.<name>}. */
  cw_hook wrap;

  /* Says what a partner's answer to a delivery means. May be null: then the host goes by the status alone.
   * Given, as far as known: status (HTTP status, decimal), content_type, retry_after (seconds, decimal), message_type,
   * location (where the answer says more can be found), and reply.<name> for the fields that the host read from the reply:
   * the path of the leaf, with dots and without '@' ("reply.Receipt.id"). request is "follow_up" when this answers a
   * follow-up request: then delivered means that it is what was waited for, and retry that it must be asked for again.
   * Answers: outcome              delivered | retry | rejected | broken; required
   *          reason               a code for the ledger: letters, digits, '_', '-', '.', ':', at most 64 bytes;
   *                               required unless delivered; never text from the reply, which may hold a name
   *          reference            the partner's own number for what it received, at most 256 bytes
   *          retry_after_seconds  0 to 604800, with outcome retry; 0 or nothing: the host decides
   *          next.path            with outcome delivered: what the host is to ask the partner later, such as the status of
   *                               what it accepted; an absolute path and query, or an https:// URL whose host is that of
   *                               one of the partner's endpoints. Any other host is refused. The answer comes back as a
   *                               document of this partner
   *          next.endpoint        name of the endpoint in the partner's file; nothing: by the host of the URL, else the first
   *          next.correlation     message number of the answer when it brings none, at most 256 bytes
   *          next.after_seconds   not before so many seconds from now, 0 to 2592000; nothing: as the partner's file says
   *          next.give_up_seconds held for a person after so many seconds; 0 or nothing: as the partner's file says */
  cw_hook classify_reply;

  /* Runs one of `converters`. Null exactly when converter_count is 0. On the path of every message: be quick.
   *   converter  one of the names in the table
   *   inputs     the fields that the mapping gives: with `from` one called "value", with `with` those named there; what
   *              the document does not have is not among them
   * Answers: value, and if it has something to say: basis, confidence, raw (parts of the target), finding (a code for
   * what a person should look at) and finding.text (the same in plain English, without values). Several values of the
   * same name are kept in order. No value means that the input says nothing. */
  cw_status (*convert)(void* self, cw_str converter, cw_fields inputs, cw_field_sink out, cw_sink error);
} cw_adapter;

/* Size of cw_adapter in ABI 1.0: the least that a host of major 1 loads. */
#define CW_ADAPTER_SIZE_1_0 (offsetof(cw_adapter, convert) + sizeof(void (*)(void)))

#define CW_EXPORT __attribute__((visibility("default")))

/* The one symbol that an adapter exports: constant data, defined in exactly one of its files. The version is data, so
 * the host reads it before it calls anything. */
CW_EXPORT extern const cw_adapter causeway_adapter;

#ifdef __cplusplus
}
#endif

#endif /* CAUSEWAY_PLUGIN_H */
