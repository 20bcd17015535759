# why: Modes and types as plain words, one input after the other.


def feature_job(code, tiles, features, compute, environment, batch_size=64):
    from azure.ai.ml import Input, Output, command
    from azure.ai.ml.constants import AssetTypes, InputOutputModes

    # TODO 4.4 Describe the job: tiles are downloaded, features are uploaded.
    folder = Input(type="uri_folder", path=tiles, mode="download")
    result = Output(type="uri_folder", path=features, mode="upload")
    line = "python extract.py --output_data_dir=${{outputs.features}} --input_data_dir=${{inputs.tiles}}"
    job = command(
        command=line + " --batch_size=${{inputs.batch_size}}",
        code=code,
        environment=environment,
        inputs=dict(batch_size=int(batch_size), tiles=folder),
        outputs=dict(features=result),
    )
    job.compute = compute
    return job
    # END TODO
