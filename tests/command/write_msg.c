/* usage: write_msg FILE [NAME=PATH]...: a file of Outlook's kind ([MS-CFB]), of files NAME with the bytes of PATH. */
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-stdio.h>
#include <gsf/gsf-utils.h>
#include <stdio.h>
#include <string.h>

static int put(GsfOutfile *tree, char *pair)
{
    char *path = strchr(pair, '=');
    char *bytes = NULL;
    gsize len = 0;
    GsfOutput *file;
    int good;
    if (path == NULL) {
        return 0;
    }
    *path++ = '\0';
    if (!g_file_get_contents(path, &bytes, &len, NULL)) {
        return 0;
    }
    file = gsf_outfile_new_child(tree, pair, FALSE);
    good = gsf_output_write(file, len, (const guint8 *)bytes) && gsf_output_close(file);
    g_object_unref(file);
    g_free(bytes);
    return good;
}

int main(int count, char **words)
{
    GsfOutput *out = count > 1 ? gsf_output_stdio_new(words[1], NULL) : NULL;
    GsfOutfile *tree = out != NULL ? gsf_outfile_msole_new(out) : NULL;
    int good = tree != NULL;
    for (int i = 2; i < count && good; i++) {
        good = put(tree, words[i]);
    }
    good = good && gsf_output_close(GSF_OUTPUT(tree));
    if (!good) {
        fprintf(stderr, "write_msg: %s cannot be written\n", count > 1 ? words[1] : "nothing");
    }
    g_clear_object(&tree);
    g_clear_object(&out);
    return good ? 0 : 1;
}
